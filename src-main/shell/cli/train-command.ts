import { resolve } from 'node:path';
import type { StartRun } from '@shared/contract/studio-api';
import { FAMILIES, type Family } from '@shared/graph/family';
import { findPreset, presets } from '@shared/network/presets';
import { StudioError, type Problem } from '@shared/problem';
import { changeSettings } from '@shared/training/optimizer-defaults';
import { checkSettings } from '@shared/training/settings';
import { createRun } from '../../services/create-run';
import { readProjectFile } from '../../services/project-file';
import { problemLine, versionsOf, type Command, type CommandInput } from './command';
import { settingChanges } from './setting-options';
import { trainRun } from './train-run';
import { UsageError } from './usage-error';

/** What is trained: a preset or a project; exactly one of the two. */
async function readDesign(input: CommandInput): Promise<StartRun> {
  const id = input.text('preset');
  const file = input.text('project');
  if ((id === undefined) === (file === undefined)) {
    throw new UsageError('train needs either --preset or --project.', 'train');
  }
  if (file !== undefined) {
    const { project } = await readProjectFile(resolve(file));
    const { name, id: projectId, document, family, dataset, training } = project;
    return { name, projectId, document, family, dataset, settings: training };
  }
  const preset = findPreset(id!);
  if (!preset) {
    const known = presets.map((other) => other.id).join(', ');
    throw new UsageError(`There is no preset "${id!}". Known presets: ${known}.`, 'train');
  }
  const { name, document, dataset, settings } = preset;
  return { name, projectId: null, document, family: 'mcn', dataset, settings };
}

function familyOf(text: string): Family {
  const family = FAMILIES.find((known) => known === text);
  if (family) return family;
  throw new UsageError(`--family takes ${FAMILIES.join(', ')}, not "${text}".`, 'train');
}

/** Complete settings and what is worth a word about them. @throws StudioError the first error */
function settingsOf(
  design: StartRun,
  input: CommandInput,
): { settings: StartRun['settings']; warnings: Problem[] } {
  const changes = settingChanges(input, 'train');
  const { settings, problems } = checkSettings(changeSettings(design.settings, changes));
  const error = problems.find((problem) => (problem.severity ?? 'error') === 'error');
  if (error) throw new StudioError(error);
  return { settings, warnings: problems };
}

/** `train`: makes a run and trains it to the end. */
export const trainCommand: Command = {
  name: 'train',
  arguments: [],
  help: 'Trains a preset or a project. Prints the folder of the run; with --json every event, the last one being "finished".',
  options: {
    preset: { type: 'string', value: 'ID', help: 'Network and recipe of the paper; see "presets".' },
    project: { type: 'string', value: 'FILE', help: 'Project file (*.mcnproj) instead of a preset.' },
    family: {
      type: 'string',
      value: 'NAME',
      help: 'mcn, umcn (float filters) or wrn (ordinary convolutions).',
    },
    data: {
      type: 'string',
      value: 'NAME|DIR',
      help: 'Data set: a name that "data list" shows, or its folder or archive.',
    },
    epochs: { type: 'string', value: 'N', help: 'Passes over the training images.' },
    batch: { type: 'string', value: 'N', help: 'Images per step.' },
    'limit-train': { type: 'string', value: 'N', help: 'Use only the first N training images.' },
    'limit-test': { type: 'string', value: 'N', help: 'Use only the first N test images.' },
    seed: { type: 'string', value: 'N', help: 'The same seed repeats a run exactly.' },
    device: { type: 'string', value: 'NAME', help: 'Where to compute; see "devices".' },
    set: { type: 'string', value: 'KEY=VALUE', multiple: true, help: 'Any setting, as often as you like.' },
    out: {
      type: 'string',
      value: 'DIR',
      help: 'Folder of the run. Without it: a new one in the home folder.',
    },
  },
  run: async (input, context) => {
    const design = await readDesign(input);
    const family = input.text('family');
    const data = input.text('data');
    const { settings, warnings } = settingsOf(design, input);
    const request = {
      ...design,
      settings,
      ...(family !== undefined && { family: familyOf(family) }),
      ...(data !== undefined && { dataset: data }),
    };
    for (const warning of warnings) context.say(problemLine(warning));
    const out = input.text('out');
    const { dir, discard } = await createRun(request, {
      home: context.home,
      out: out === undefined ? null : resolve(out),
      versions: versionsOf(context),
    });
    return trainRun(dir, input.flag('json'), context, discard);
  },
};
