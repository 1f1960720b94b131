/** Commands of the File menu in windows of the system, in groups that a line parts. */
export const FILE_MENU: readonly (readonly string[])[] = [
  ['project.new', 'project.open'],
  ['project.save', 'project.save-as', 'project.duplicate', 'project.revert'],
  ['project.close'],
];
