import { defineStore } from 'pinia';
import { computed, ref, watch } from 'vue';
import { z } from 'zod';

/** The rooms that exist. */
export const ROOMS = ['welcome', 'design', 'train', 'filters', 'export'] as const;
export type Room = (typeof ROOMS)[number];

export const THEMES = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof THEMES)[number];

/** What the panel on the left of Design can show. */
export const LEFT_PANELS = ['add', 'outline'] as const;

const STORAGE_KEY = 'mcn-studio.ui';

/** What a window remembers between two starts. */
const rememberedSchema = z.object({
  room: z.enum(ROOMS),
  theme: z.enum(THEMES),
  panelSizes: z.record(z.string(), z.number()),
  /** The project file that was open. */
  projectPath: z.string().nullable(),
  /** What the panel on the left of Design shows. Windows of earlier versions remember nothing of it. */
  leftPanel: z.enum(LEFT_PANELS).catch('add'),
});
type Remembered = z.infer<typeof rememberedSchema>;

/** Memory that is missing, broken or of another version counts as none: nothing of value is in it. */
function remembered(): Remembered {
  const none: Remembered = {
    room: 'welcome',
    theme: 'system',
    panelSizes: {},
    projectPath: null,
    leftPanel: 'add',
  };
  try {
    const parsed = rememberedSchema.safeParse(JSON.parse(localStorage.getItem(STORAGE_KEY) ?? 'null'));
    return parsed.success ? parsed.data : none;
  } catch {
    return none;
  }
}

/** Where the person is in the window and how it looks; remembered. Sets `data-theme` on the document. */
export const useUiStore = defineStore('ui', () => {
  const start = remembered();
  const room = ref<Room>('welcome');
  const theme = ref(start.theme);
  const panelSizes = ref(start.panelSizes);
  const projectPath = ref(start.projectPath);
  const leftPanel = ref(start.leftPanel);
  const paletteOpen = ref(false);
  /** The node that Design is to go to; Design forgets it then. */
  const wantedNode = ref<string | null>(null);
  const shortcutsOpen = ref(false);

  const systemDark = matchMedia('(prefers-color-scheme: dark)');
  const systemTheme = ref<'light' | 'dark'>(systemDark.matches ? 'dark' : 'light');
  systemDark.addEventListener('change', (event) => {
    systemTheme.value = event.matches ? 'dark' : 'light';
  });
  const resolvedTheme = computed(() => (theme.value === 'system' ? systemTheme.value : theme.value));

  watch(
    resolvedTheme,
    (value) => {
      document.documentElement.dataset.theme = value;
    },
    { immediate: true, flush: 'sync' },
  );
  watch(
    [room, theme, panelSizes, projectPath, leftPanel],
    () => {
      const memory: Remembered = {
        room: room.value,
        theme: theme.value,
        panelSizes: panelSizes.value,
        projectPath: projectPath.value,
        leftPanel: leftPanel.value,
      };
      localStorage.setItem(STORAGE_KEY, JSON.stringify(memory));
    },
    { deep: true },
  );

  function goTo(target: Room): void {
    room.value = target;
  }

  /** Goes to Design and to a node there. */
  function showNode(node: string): void {
    wantedNode.value = node;
    goTo('design');
  }

  /** `key` is "group.panel"; pixels. */
  function setPanelSize(key: string, size: number): void {
    panelSizes.value[key] = Math.round(size);
  }

  return {
    room,
    theme,
    resolvedTheme,
    panelSizes,
    projectPath,
    leftPanel,
    paletteOpen,
    shortcutsOpen,
    /** Room and project of the last time, for the start of the window. */
    lastTime: { room: start.room, projectPath: start.projectPath },
    wantedNode,
    goTo,
    showNode,
    setPanelSize,
  };
});
