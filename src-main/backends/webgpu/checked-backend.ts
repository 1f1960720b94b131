import type { backend_util, KernelBackend } from '@tensorflow/tfjs-core';
import { StudioError } from '@shared/problem';
import type { GpuAdapter, GpuDevice } from './dawn';

/** What the studio uses of @tensorflow/tfjs-backend-webgpu. */
export interface WebGpuModule {
  WebGPUBackend: new (
    device: GpuDevice,
    info: GpuAdapter['info'],
  ) => KernelBackend & {
    read(dataId: object): Promise<backend_util.BackendValues>;
  };
}

function deviceError(message: string): StudioError {
  return new StudioError({
    code: 'gpu-error',
    message: `The GPU could not do its work: ${message.split('\n')[0]!}`,
    fix: 'If its memory ran out, use a smaller batch; or compute on another device.',
  });
}

/**
 * tfjs's WebGPU backend that does not keep errors to itself. WebGPU reports what went wrong on the device beside the calls and computes
 * on with zeros: here the next values that are read are refused, which every training step does.
 */
export function createCheckedBackend(
  { WebGPUBackend }: WebGpuModule,
  device: GpuDevice,
  info: GpuAdapter['info'],
): KernelBackend {
  let failure: StudioError | null = null;
  device.addEventListener('uncapturederror', ({ error }) => {
    failure ??= deviceError(error.message);
  });
  void device.lost.then(({ message }) => {
    failure ??= deviceError(message);
  });
  class CheckedWebGpuBackend extends WebGPUBackend {
    override async read(dataId: object): Promise<backend_util.BackendValues> {
      const values = await super.read(dataId);
      if (failure) throw failure;
      return values;
    }
  }
  return new CheckedWebGpuBackend(device, info);
}
