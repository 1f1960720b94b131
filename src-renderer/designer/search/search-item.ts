/** One thing to choose from a list that is searched. */
export interface SearchItem {
  id: string;
  label: string;
  /** One line under the label. */
  note: string;
  /** CSS colour of its dot. */
  colour: string;
  /** Head under which it stands; items of a group follow one another. */
  group?: string;
}
