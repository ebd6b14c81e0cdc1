// Subgroup operations for the engine's GPU device: wgpu, which asks for the device, doesn't know
// that browsers have them.

/**
 * Has every device that is asked for from now on come with subgroup operations, where its adapter
 * has them.
 */
export function addSubgroups(): void {
  // Not in every browser, whatever the types say.
  if (!("GPUAdapter" in globalThis)) return;
  const { prototype } = GPUAdapter;
  const { requestDevice } = prototype;
  prototype.requestDevice = async function (this: GPUAdapter, descriptor = {}) {
    const wanted = new Set(descriptor.requiredFeatures);
    if (this.features.has("subgroups")) wanted.add("subgroups");
    return requestDevice.call(this, { ...descriptor, requiredFeatures: [...wanted] });
  };
}
