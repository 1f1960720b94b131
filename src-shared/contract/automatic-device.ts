import { CPU_DEVICES, type DeviceReport } from './device';

/**
 * The device that `auto` stands for: the CPU, or a GPU that was measured to train faster. A GPU that software imitates never is; null
 * where nothing can compute.
 */
export function automaticDevice(reports: readonly DeviceReport[]): DeviceReport | null {
  const usable = reports.filter((report) => report.usable && report.identity?.software !== true);
  const cpu = CPU_DEVICES.map((name) => usable.find((report) => report.name === name)).find(Boolean);
  const gpus = usable.filter(({ name, speed }) => speed !== null && !CPU_DEVICES.includes(name));
  const candidates = cpu ? [cpu, ...gpus] : gpus;
  const speedOf = ({ speed }: DeviceReport): number => speed?.imagesPerSecond ?? 0;
  return candidates.reduce<DeviceReport | null>(
    (best, report) => (best && speedOf(best) >= speedOf(report) ? best : report),
    null,
  );
}
