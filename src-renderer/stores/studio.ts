import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { automaticDevice } from '@shared/contract/automatic-device';
import type { DeviceReport } from '@shared/contract/device';
import type { RecentProject } from '@shared/contract/project-methods';
import type { ResultOf } from '@shared/contract/studio-api';
import type { DatasetDescription } from '@shared/datasets/dataset-description';
import type { Problem } from '@shared/problem';
import { studio } from '../bridge';
import { problemOf } from './toasts';

/** What the studio has to offer: itself, devices, data sets, recent projects. */
export const useStudioStore = defineStore('studio', () => {
  const info = shallowRef<ResultOf<'studio.info'> | null>(null);
  /** null while they are being probed, which takes a moment. */
  const devices = shallowRef<readonly DeviceReport[] | null>(null);
  /** Why nothing is known of the devices; null: nothing went wrong so far. */
  const devicesProblem = shallowRef<Problem | null>(null);
  const datasets = shallowRef<readonly DatasetDescription[]>([]);
  const recent = shallowRef<readonly RecentProject[]>([]);
  const loaded = ref(false);

  /** The device that a run without a choice of its own would take. */
  const device = computed(() => automaticDevice(devices.value ?? []));

  /** Asks for everything that the window shows from the start; the devices follow by themselves. @throws StudioError the first that failed */
  async function load(): Promise<void> {
    await Promise.all([loadOffers(), loadDevices()]);
  }

  async function loadDevices(): Promise<void> {
    try {
      devices.value = await studio.request('devices.list', {});
      devicesProblem.value = null;
    } catch (error) {
      devicesProblem.value = problemOf(error);
      throw error;
    }
  }

  async function loadOffers(): Promise<void> {
    [info.value, datasets.value, recent.value] = await Promise.all([
      studio.request('studio.info', {}),
      studio.request('datasets.list', {}),
      studio.request('projects.recent', {}),
    ]);
    loaded.value = true;
  }

  async function loadRecent(): Promise<void> {
    recent.value = await studio.request('projects.recent', {});
  }

  async function loadDatasets(): Promise<void> {
    datasets.value = await studio.request('datasets.list', {});
  }

  /** The data set of a name, if it is on this machine. */
  function dataset(id: string): DatasetDescription | undefined {
    return datasets.value.find((set) => set.id === id);
  }

  return {
    info,
    devices,
    devicesProblem,
    device,
    datasets,
    recent,
    loaded,
    load,
    loadRecent,
    loadDatasets,
    dataset,
  };
});
