/** The part of Electron's menu item that the studio uses. */
export interface MenuItem {
  role?: 'appMenu' | 'fileMenu' | 'editMenu' | 'windowMenu' | 'togglefullscreen' | 'help';
  label?: string;
  type?: 'separator';
  submenu?: ViewItem[];
}

interface ViewItem {
  role?: 'resetZoom' | 'zoomIn' | 'zoomOut' | 'togglefullscreen' | 'toggleDevTools' | 'reload';
  type?: 'separator';
}

const VIEW: ViewItem[] = [
  { role: 'resetZoom' },
  { role: 'zoomIn' },
  { role: 'zoomOut' },
  { type: 'separator' },
  { role: 'togglefullscreen' },
  { type: 'separator' },
  { role: 'reload' },
  { role: 'toggleDevTools' },
];

/** The native menu: what every program of the platform has. The studio's own actions are in the window's command palette. */
export function applicationMenu(platform: NodeJS.Platform): MenuItem[] {
  const own: MenuItem[] = platform === 'darwin' ? [{ role: 'appMenu' }] : [];
  return [
    ...own,
    { role: 'fileMenu' },
    { role: 'editMenu' },
    { label: 'View', submenu: VIEW },
    { role: 'windowMenu' },
  ];
}
