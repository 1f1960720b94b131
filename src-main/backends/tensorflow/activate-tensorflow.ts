import * as tf from '@tensorflow/tfjs-core';
import { StudioError } from '@shared/problem';
import { registerComposedKernels } from '../../engine/model/kernels/register-composed';
import { loadPackage } from '../load-package';
import type { Activated } from '../provider';
import { checkBinding } from './binding';
import { firstNvidiaGpu } from './nvidia-smi';
import { shimUtil } from './node-shims';

/** What tfjs registers its kernels for. */
const BACKEND = 'tensorflow';

/** What the studio uses of the package's backend. */
interface TensorFlowBackend {
  binding: { TF_Version: string };
  isUsingGpuDevice: boolean;
}

function noGpu(version: string): StudioError {
  return new StudioError({
    code: 'no-cuda',
    message: `TensorFlow ${version} works, but finds no GPU that CUDA can use.`,
    fix: "Install NVIDIA's driver and the CUDA libraries that this TensorFlow was made for; nvidia-smi tells whether the driver works.",
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
  if (!backend.isUsingGpuDevice) throw noGpu(library);
  registerComposedKernels(BACKEND);
  return {
    description: `GPU through TensorFlow ${library} and CUDA`,
    identity: {
      version: `TensorFlow ${library}, tfjs-node-gpu ${version}`,
      ...(firstNvidiaGpu() ?? { adapter: 'CUDA GPU', memory: null }),
      software: false,
    },
  };
}
