/**
 * Kernels of modulated convolution; every backend registers them (compose.ts does it from ordinary operations).
 *
 * All take `stride`; shapes: x [B, h, w, G*K], chat [W, W, G*K, H], m [K, W, W], dy as the output [B, oh, ow, H*K], map-major.
 * - ModulatedConv2D (x, chat, m) -> y
 * - ModulatedConv2DBackpropInput (dy, chat, m), `inputShape` -> dx
 * - ModulatedConv2DBackpropFilter (x, dy, chat, m) -> [dC^, dM]: one kernel for both, since both come from the same products
 *   of x and dy, whether these are built as dQ or as P and D (mcn.md, section 2)
 */
export const MODULATED_CONV_2D = 'ModulatedConv2D';
export const MODULATED_CONV_2D_BACKPROP_INPUT = 'ModulatedConv2DBackpropInput';
export const MODULATED_CONV_2D_BACKPROP_FILTER = 'ModulatedConv2DBackpropFilter';
