import type { Translate } from '../../conversation/failure.ts';
import { fenced } from '../../conversation/fence.ts';
import { formatSeconds } from '../../conversation/format.ts';
import type { Fields } from '../../dify/json.ts';
import type { WorkflowRun } from '../../dify/runs.ts';

interface Writing {
  readonly t: Translate;
  /** As in BCP 47. */
  readonly language: string;
}

/** A run as the server keeps it, as a Markdown document. @param app what the app is called */
export function runDetailText(run: WorkflowRun, app: string, { t, language }: Writing): string {
  const { id, workflow_id: version, status, error, inputs, outputs } = run;
  // What Dify adds to the inputs is the same for every run of the person.
  const own = Object.fromEntries(Object.entries(inputs).filter(([name]) => !name.startsWith('sys.')));
  const facts = [
    `- ${t('State')}: ${status}`,
    ...(run.created_at === undefined ? [] : [`- ${t('Started')}: ${timeOf(run.created_at, language)}`]),
    ...(run.elapsed_time === undefined ? [] : [`- ${t('Time')}: ${formatSeconds(run.elapsed_time, language)}`]),
    ...(run.total_steps === undefined ? [] : [`- ${t('Steps')}: ${run.total_steps}`]),
    ...(run.total_tokens === undefined ? [] : [`- ${t('Tokens')}: ${run.total_tokens}`]),
    `- ${t('Run')}: \`${id}\``,
    ...(version === '' ? [] : [`- ${t('Version')}: \`${version}\``]),
  ];
  return `${[
    `# ${app}`,
    facts.join('\n'),
    ...(error === undefined ? [] : [`## ${t('Error')}`, fenced(error, '')]),
    `## ${t('Inputs')}`,
    fenced(JSON.stringify(own, null, 2), 'json'),
    `## ${t('Outputs')}`,
    ...outputsOf(outputs),
  ].join('\n\n')}\n`;
}

/** Text as it is, all else as JSON. */
function outputsOf(outputs: Fields): readonly string[] {
  const entries = Object.entries(outputs);
  return entries.flatMap(([name, value]) => {
    const text = typeof value === 'string' ? value : fenced(JSON.stringify(value, null, 2), 'json');
    return entries.length === 1 ? [text] : [`### ${name}`, text];
  });
}

/** @param seconds since 1970 */
function timeOf(seconds: number, language: string): string {
  return new Date(seconds * 1000).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'medium' });
}
