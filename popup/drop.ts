// The whole page takes a dropped file, and says so while one hovers over it.
const HOVERING = "hovering";

export function setUpDrop(onFile: (file: File) => void): void {
  const { classList } = document.body;
  document.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    classList.add(HOVERING);
  });
  document.addEventListener("dragleave", ({ relatedTarget }) => {
    // From one element to the next the file is still over the page.
    if (relatedTarget === null) classList.remove(HOVERING);
  });
  document.addEventListener("drop", (event) => {
    classList.remove(HOVERING);
    const [file] = event.dataTransfer?.files ?? [];
    if (!file) return;
    event.preventDefault();
    onFile(file);
  });
}
