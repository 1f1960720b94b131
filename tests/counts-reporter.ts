import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/** Writes what a suite counted to the file that MCN_TEST_COUNTS names; the test command sums it (src-main/setup/test.mjs). */
export default class CountsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const file = process.env.MCN_TEST_COUNTS;
    if (!file) return;
    const counts = { passed: 0, failed: errors.length, skipped: [] as string[] };
    for (const module of modules) {
      if (module.state() === 'failed' && [...module.children.allTests('failed')].length === 0)
        counts.failed += 1;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') counts.passed += 1;
        else if (state === 'failed') counts.failed += 1;
        else counts.skipped.push(test.fullName);
      }
    }
    writeFileSync(file, JSON.stringify(counts));
  }
}
