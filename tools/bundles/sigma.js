// What pages use of sigma and graphology.
export { default as Renderer } from "sigma";
export { UndirectedGraph } from "graphology";
