import { findCommand } from '@shared/contract/commands';
import { FILE_MENU } from '@shared/contract/file-menu';

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
  id?: string;
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

/** A command as an item. Its keys are shown only: the window itself listens to them, and knows who is typing. */
function item(id: string, choose: (id: string) => void): SubItem {
  const { label, shortcut } = findCommand(id);
  const keys = shortcut === null ? {} : { accelerator: shortcut.replace('Mod', 'CmdOrCtrl') };
  return {
    id,
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
  const file = FILE_MENU.flatMap((group): SubItem[] => [
    ...group.map((id) => item(id, choose)),
    { type: 'separator' },
  ]);
  return [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    { label: 'File', submenu: [...file, { role: mac ? 'close' : 'quit' }] },
    { role: 'editMenu' },
    { label: 'View', submenu: VIEW },
    { role: 'windowMenu' },
  ];
}

/** Lets a native menu offer these commands and grey out its others. */
export function enableCommands(
  menu: { getMenuItemById(id: string): { enabled: boolean } | null },
  commands: readonly string[],
): void {
  for (const id of FILE_MENU.flat()) {
    const found = menu.getMenuItemById(id);
    if (found) found.enabled = commands.includes(id);
  }
}
