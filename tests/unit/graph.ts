// Circles in what imports what.

/** The circles of a graph, each as its nodes from one to the same again. */
export function circles(graph: Map<string, string[]>): string[] {
  const visited = new Set<string>();
  const found: string[] = [];
  const visit = (node: string, path: string[]): void => {
    if (path.includes(node)) {
      found.push([...path.slice(path.indexOf(node)), node].join(" → "));
      return;
    }
    if (visited.has(node)) return;
    visited.add(node);
    for (const next of graph.get(node) ?? []) visit(next, [...path, node]);
  };
  for (const node of graph.keys()) visit(node, []);
  return found;
}
