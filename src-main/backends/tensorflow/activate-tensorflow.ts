import * as tf from '@tensorflow/tfjs-core';
import { StudioError } from '@shared/problem';
import { registerComposedKernels } from '../../engine/model/kernels/register-composed';
import { loadPackage } from '../load-package';
import type { Activated } from '../provider';
import { checkBinding } from './binding';
import { askNvidiaDriver, type NvidiaDriver } from './nvidia-smi';
import { shimUtil } from './node-shims';

/** What tfjs registers its kernels for. */
const BACKEND = 'tensorflow';

/** What the studio uses of the package's backend. */
interface TensorFlowBackend {
  binding: { TF_Version: string };
  isUsingGpuDevice: boolean;
}

/** Why TensorFlow has no GPU: what its own driver says tells what is missing. */
function noGpu(version: string, driver: NvidiaDriver): StudioError {
  const finds = `TensorFlow ${version} works, but finds no GPU that CUDA can use`;
  if (!driver) {
    return new StudioError({
      code: 'no-cuda',
      message: `${finds}: NVIDIA's driver is not installed, there is no nvidia-smi.`,
      fix: "Install NVIDIA's driver for your GPU.",
    });
  }
  if (!driver.gpu) {
    return new StudioError({
      code: 'no-cuda',
      message: `${finds}: NVIDIA's driver has none either, nvidia-smi says: ${driver.says}.`,
      fix: "Make nvidia-smi find your GPU first: install NVIDIA's current driver and restart the machine.",
    });
  }
  return new StudioError({
    code: 'no-cuda',
    message: `${finds}, though NVIDIA's driver has one (${driver.gpu.adapter}).`,
    fix: 'Install the CUDA and cuDNN libraries that this TensorFlow was made for, where the system finds them (LD_LIBRARY_PATH).',
  });
}

/**
 * Makes TensorFlow on a CUDA GPU the backend of this process, with the kernels of a training step as compositions of tfjs's. Reads are
 * synchronous inside: for engine processes only.
 * @param from where the package is looked for
 * @throws StudioError package-missing, tensorflow-not-built, tensorflow-library, package-unusable, no-cuda
 */
export async function activateTensorFlow(from = import.meta.url): Promise<Activated> {
  checkBinding(from);
  shimUtil();
  const { version } = await loadPackage('@tensorflow/tfjs-node-gpu', from);
  if (!(await tf.setBackend(BACKEND))) throw new Error('The TensorFlow backend could not be initialised.');
  const backend = tf.backend() as unknown as TensorFlowBackend;
  const library = backend.binding.TF_Version;
  const driver = askNvidiaDriver();
  if (!backend.isUsingGpuDevice) throw noGpu(library, driver);
  registerComposedKernels(BACKEND);
  return {
    description: `GPU through TensorFlow ${library} and CUDA`,
    identity: {
      version: `TensorFlow ${library}, tfjs-node-gpu ${version}`,
      ...(driver?.gpu ?? { adapter: 'CUDA GPU', memory: null }),
      software: false,
    },
  };
}
