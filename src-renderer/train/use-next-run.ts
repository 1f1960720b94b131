import { computed } from 'vue';
import { trainingBytes } from '@shared/contract/device-memory';
import { heldBytes } from '@shared/datasets/held-bytes';
import { profile } from '@shared/network/profile';
import { estimatedSeconds, medianSpeed, runOutlook, type MeasuredSpeed } from '@shared/training/run-outlook';
import { useProjectStore } from '../stores/project';
import { useRunStore } from '../stores/run';
import { useStudioStore } from '../stores/studio';
import { useHistory } from '../stores/use-history';

/** What training the open project would do and take; reactive. */
export function useNextRun() {
  const project = useProjectStore();
  const run = useRunStore();
  const studio = useStudioStore();

  const outlook = computed(() => {
    const dataset = project.project ? studio.dataset(project.project.dataset) : undefined;
    return project.project && dataset ? runOutlook(project.project.training, dataset) : null;
  });
  /** The speed of the run that is shown. */
  const imagesPerSecond = useHistory(
    (history) => medianSpeed(history.metrics.column('imagesPerSecond')),
    null,
  );
  /** The run's speed, which is of this very kind of work; before there is one, that of the device. */
  const measured = computed((): MeasuredSpeed | null => {
    if (imagesPerSecond.value === null || !run.network) return studio.device?.speed ?? null;
    return { imagesPerSecond: imagesPerSecond.value, multiplyAdds: profile(run.network).total.multiplyAdds };
  });
  /** null while no speed is known, which is until the devices are probed. */
  const seconds = computed(() => {
    if (!outlook.value || !measured.value || !project.project || !project.profile) return null;
    const { epochs } = project.project.training;
    return estimatedSeconds(outlook.value, epochs, project.profile.total.multiplyAdds, measured.value);
  });
  /** Bytes that would be used, those of the data set included; null until the devices are probed. */
  const memory = computed(() => {
    if (!project.project || !project.network || !studio.device) return null;
    const { training, dataset } = project.project;
    const set = studio.dataset(dataset);
    const held = set ? heldBytes(set, training) : 0;
    return held + trainingBytes(project.network, training, studio.device.name);
  });
  return { outlook, seconds, memory };
}
