import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/** What a suite counted; src-main/setup/test.mjs sums it and lists what was skipped. */
interface Counts {
  passed: number;
  failed: number;
  skipped: { name: string; reason: string }[];
}

/** Writes what a suite counted to the file that MCN_TEST_COUNTS names. */
export default class CountsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const file = process.env.MCN_TEST_COUNTS;
    if (!file) return;
    const counts: Counts = { passed: 0, failed: errors.length, skipped: [] };
    for (const module of modules) {
      if (module.state() === 'failed' && [...module.children.allTests('failed')].length === 0)
        counts.failed += 1;
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === 'passed') counts.passed += 1;
        else if (result.state === 'failed') counts.failed += 1;
        else {
          const reason = ('note' in result ? result.note : undefined) ?? 'no reason given';
          counts.skipped.push({ name: `${module.relativeModuleId}: ${test.fullName}`, reason });
        }
      }
    }
    writeFileSync(file, JSON.stringify(counts));
  }
}
