import { registerComposedAdadeltaStep } from './adadelta-step';
import { registerComposedAdamStep } from './adam-step';
import { registerComposedAddWithStatistics } from './add-with-statistics';
import { registerComposedAveragePool } from './average-pool';
import { registerComposedBatchNormVectors } from './batch-norm-vectors';
import { registerComposedBinarize } from './binarize';
import { registerComposedCombineGradients } from './combine-gradients';
import { registerComposedDropout } from './dropout';
import { registerComposedFilterLoss } from './filter-loss';
import { registerComposedFiniteCheck } from './finite-check';
import { registerComposedMaxPool } from './max-pool';
import { registerComposedModulatedConv } from './modulated-conv-2d';
import { registerComposedModulation } from './modulation';
import { registerComposedNormalization } from './normalization';
import { registerComposedNormalizedConv } from './normalized-conv-2d';
import { registerComposedSgdStep } from './sgd-step';
import { registerComposedSoftmaxCrossEntropy } from './softmax-cross-entropy';

/** Gives a backend every kernel of a training step that it has none of its own for, composed of its operations. */
export function registerComposedKernels(backendName: string): void {
  registerComposedNormalization(backendName);
  registerComposedBatchNormVectors(backendName);
  registerComposedCombineGradients(backendName);
  registerComposedAddWithStatistics(backendName);
  registerComposedNormalizedConv(backendName);
  registerComposedModulation(backendName);
  registerComposedModulatedConv(backendName);
  registerComposedMaxPool(backendName);
  registerComposedAveragePool(backendName);
  registerComposedDropout(backendName);
  registerComposedSoftmaxCrossEntropy(backendName);
  registerComposedSgdStep(backendName);
  registerComposedAdamStep(backendName);
  registerComposedAdadeltaStep(backendName);
  registerComposedFilterLoss(backendName);
  registerComposedBinarize(backendName);
  registerComposedFiniteCheck(backendName);
}
