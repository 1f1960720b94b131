/**
 * WGSL that adds up a value of every thread of a workgroup, pairwise and always in the same order, so that sums repeat bit for bit:
 * `sumOfGroup(value)`, for all threads at once. @param threads of the workgroup, a power of two
 */
export function sumOfGroup(threads: number): string {
  return `
    var<workgroup> parts : array<f32, ${threads}>;
    fn sumOfGroup(value : f32) -> f32 {
      workgroupBarrier();
      parts[localId.x] = value;
      workgroupBarrier();
      for (var half = ${threads / 2}u; half > 0u; half = half / 2u) {
        if (localId.x < half) { parts[localId.x] = parts[localId.x] + parts[localId.x + half]; }
        workgroupBarrier();
      }
      return parts[0];
    }`;
}
