import type { TensorInfo } from '@tensorflow/tfjs-core';
import { COMBINE_GRADIENTS } from '../../../engine/model/kernels/combine-gradients';
import { POOLING, pooling, UNPOOLED } from './max-pool';
import { elementwise, registerShaders, runShader, type Shader } from './shader';

function combined(isPooled: boolean, hasOther: boolean): Shader {
  const upstream = isPooled ? 'unpooled(index)' : 'dy[index]';
  return elementwise(
    `combine gradients${isPooled ? ', pooled' : ''}${hasOther ? ', added' : ''}`,
    isPooled ? POOLING : { channels: 'i32' },
    `
    let own = index % uniforms.channels;
    return ${upstream} * a[own] + x[index] * b[own] + c[own]${hasOther ? ' + other[index]' : ''};`,
    isPooled ? UNPOOLED : '',
  );
}

type Inputs = Record<'dy' | 'x' | 'a' | 'b' | 'c', TensorInfo> & {
  dyIndex?: TensorInfo;
  other?: TensorInfo;
};

/** CombineGradients as one shader, which spreads what was pooled itself. */
export function registerCombineGradients(): void {
  registerShaders<Inputs, { pool: number }>(
    COMBINE_GRADIENTS,
    (backend, { dy, dyIndex, x, a, b, c, other }, { pool }) => {
      const shape = x.shape as [number, number, number, number];
      return runShader(backend, combined(dyIndex !== undefined, other !== undefined), {
        inputs: { dy, ...(dyIndex && { winner: dyIndex }), x, a, b, c, ...(other && { other }) },
        uniforms: dyIndex ? pooling(shape, { size: pool, stride: pool }) : { channels: shape[3] },
        shape,
      });
    },
  );
}
