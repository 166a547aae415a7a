import type { App, Parameters } from '../../src/demo/apps.ts';
import { chatflowApps } from './chatflowApps.ts';
import { labModeration, labSuggestions, nameAnnotation } from './guardedApps.ts';
import type { LabApp } from './labApp.ts';
import { automatic, labSpeech } from './speechApps.ts';

/** The lab's plainest chatflow, with something around it. */
function around(name: string, more: Partial<App>, changed: Partial<Parameters> = {}): App {
  const plain: App | undefined = chatflowApps.find(({ app }) => app.name === 'Plain flow')?.app;
  if (plain?.workflow === undefined) throw new Error('The lab has no plain chatflow.');
  const versions = plain.workflow.versions.map((version) => ({
    ...version,
    parameters: { ...version.parameters, ...changed },
  }));
  const key = `app-Lab${name.replaceAll(' ', '').padEnd(21, '0')}`;
  return { ...plain, name, key, workflow: { ...plain.workflow, versions }, ...more };
}

/** The lab's chatflows that say something without their model, withdraw it, or speak. */
export const guardedFlowApps: readonly LabApp[] = [
  { app: around('Annotated flow', { annotations: [nameAnnotation] }), features: ['annotations'] },
  { app: around('Moderated flow', { moderation: labModeration }), features: ['moderation'] },
  {
    app: around(
      'Speaking flow',
      { speech: labSpeech },
      { speech_to_text: { enabled: true }, text_to_speech: automatic },
    ),
    features: ['speech-to-text', 'text-to-speech', 'auto-play'],
  },
  {
    app: around(
      'Suggesting flow',
      { suggest: labSuggestions },
      { suggested_questions_after_answer: { enabled: true } },
    ),
    features: ['suggested-questions'],
  },
];
