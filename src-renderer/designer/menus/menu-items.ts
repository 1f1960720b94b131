/** What was pressed with the other button; `group`: a group, or a block that can be taken apart. */
export type MenuKind = 'canvas' | 'card' | 'group' | 'cards' | 'edge';

/** Ids of commands, in groups that a line parts. */
export const MENUS: Readonly<Record<MenuKind, readonly (readonly string[])[]>> = {
  canvas: [
    ['design.add', 'design.paste'],
    ['design.select-all', 'design.find'],
    ['design.fit', 'design.tidy', 'design.tidy-right', 'design.tidy-down'],
    ['edit.undo', 'edit.redo'],
  ],
  card: [
    ['design.fields', 'design.rename', 'design.replace', 'design.repair'],
    ['design.connect', 'design.disconnect', 'design.add', 'design.take-out'],
    ['design.cut', 'design.copy', 'design.paste', 'design.duplicate', 'design.duplicate-with-inputs'],
    ['design.select-upstream', 'design.select-downstream', 'design.select-connected'],
    ['design.remove'],
  ],
  group: [
    ['design.collapse', 'design.ungroup', 'design.take-out'],
    ['design.fields', 'design.rename', 'design.replace', 'design.repair'],
    ['design.connect', 'design.disconnect', 'design.add'],
    ['design.cut', 'design.copy', 'design.paste', 'design.duplicate', 'design.duplicate-with-inputs'],
    ['design.select-upstream', 'design.select-downstream', 'design.select-connected'],
    ['design.remove'],
  ],
  cards: [
    ['design.fields', 'design.replace', 'design.disconnect'],
    ['design.group', 'design.put-in', 'design.take-out'],
    ['design.cut', 'design.copy', 'design.paste', 'design.duplicate', 'design.duplicate-with-inputs'],
    ['design.align-left', 'design.align-centre', 'design.align-right'],
    ['design.align-top', 'design.align-middle', 'design.align-bottom'],
    ['design.distribute-across', 'design.distribute-down'],
    ['design.select-upstream', 'design.select-downstream', 'design.select-connected'],
    ['design.remove'],
  ],
  edge: [
    ['design.add', 'design.remove'],
    ['design.connection-start', 'design.connection-end'],
    ['design.replug-start', 'design.replug-end'],
    ['edit.undo', 'edit.redo'],
  ],
};
