import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { StudioError } from '@shared/problem';
import { packageFolder } from '../load-package';
import { loaderMessage } from '../loader-message';

/** Where the package has its addon, which its own install script would build or fetch. */
const BINDING = join('lib', 'napi-v8', 'tfjs_binding.node');

const BUILD =
  'Install TensorFlow with CUDA and build the addon of @tensorflow/tfjs-node-gpu against its libraries, as the README tells under "Devices".';

/**
 * Makes sure that TensorFlow's addon is there and can be loaded, so that what is missing is told before the package fails in its own way.
 * @param from where the package is looked for
 * @throws StudioError package-missing, tensorflow-not-built, tensorflow-library
 */
export function checkBinding(from: string): void {
  const file = join(packageFolder('@tensorflow/tfjs-node-gpu', from), BINDING);
  if (!existsSync(file)) {
    throw new StudioError({
      code: 'tensorflow-not-built',
      message: 'The addon of TensorFlow is not built here: the package comes without one.',
      fix: BUILD,
      path: file,
    });
  }
  try {
    process.dlopen({ exports: {} }, file);
  } catch (error) {
    throw new StudioError(
      {
        code: 'tensorflow-library',
        message: `The addon of TensorFlow cannot be loaded: ${loaderMessage(error, file)}`,
        fix: `Put TensorFlow's libraries where the system finds them (LD_LIBRARY_PATH), or build again. ${BUILD}`,
        path: file,
      },
      { cause: error },
    );
  }
}
