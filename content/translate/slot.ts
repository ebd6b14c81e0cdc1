/** The nodes behind one span of a block. */
export interface Slot {
  mark: number | undefined;
  verbatim: boolean;
  /** Text nodes of an ordinary span, in order. */
  texts: Text[];
  /** Those of them with which a line begins. */
  begun: Set<Text>;
  /** The element of a verbatim one. */
  element: Element | undefined;
  /** The node among the block's own that holds it. */
  top: ChildNode;
}
