import { runOpenly } from './child.mjs';
import { prepare } from './prepare.mjs';
import { at, folderOfPerson } from './project.mjs';
import { runMain } from './setup-error.mjs';

await runMain(async () => {
  await prepare();
  const args = [at('out', 'main', 'cli.js'), ...process.argv.slice(2)];
  return runOpenly(process.execPath, args, { cwd: folderOfPerson('mcn') });
});
