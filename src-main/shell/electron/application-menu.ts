import { findCommand } from '@shared/contract/commands';

/** The part of Electron's menu item that the studio uses. */
export interface MenuItem {
  role?: 'appMenu' | 'editMenu' | 'windowMenu';
  label?: string;
  submenu?: SubItem[];
}

export interface SubItem {
  role?:
    'resetZoom' | 'zoomIn' | 'zoomOut' | 'togglefullscreen' | 'toggleDevTools' | 'reload' | 'close' | 'quit';
  type?: 'separator';
  label?: string;
  accelerator?: string;
  registerAccelerator?: boolean;
  click?: () => void;
}

const VIEW: SubItem[] = [
  { role: 'resetZoom' },
  { role: 'zoomIn' },
  { role: 'zoomOut' },
  { type: 'separator' },
  { role: 'togglefullscreen' },
  { type: 'separator' },
  { role: 'reload' },
  { role: 'toggleDevTools' },
];

/** Commands of the File menu; null: a line between them. */
const FILE = [
  'project.new',
  'project.open',
  null,
  'project.save',
  'project.save-as',
  'project.duplicate',
  'project.revert',
  null,
  'project.close',
] as const;

/** A command as an item. Its keys are shown only: the window itself listens to them, and knows who is typing. */
function item(id: string, choose: (id: string) => void): SubItem {
  const { label, shortcut } = findCommand(id);
  const keys = shortcut === null ? {} : { accelerator: shortcut.replace('Mod', 'CmdOrCtrl') };
  return {
    label,
    ...keys,
    registerAccelerator: false,
    click: () => {
      choose(id);
    },
  };
}

/**
 * The native menu: what every program of the platform has, and what concerns project files. The studio's other actions are in the
 * window's command palette.
 * @param choose told the command that a person chose
 */
export function applicationMenu(platform: NodeJS.Platform, choose: (id: string) => void): MenuItem[] {
  const mac = platform === 'darwin';
  const file = FILE.map((id): SubItem => (id === null ? { type: 'separator' } : item(id, choose)));
  return [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    { label: 'File', submenu: [...file, { type: 'separator' }, { role: mac ? 'close' : 'quit' }] },
    { role: 'editMenu' },
    { label: 'View', submenu: VIEW },
    { role: 'windowMenu' },
  ];
}
