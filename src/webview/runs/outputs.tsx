import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { shownOutputs, type ShownOutput } from '../../conversation/outputs.ts';
import { newRun, type Run } from '../../conversation/run.ts';
import { AnswerText } from '../transcript/answerText.tsx';

/** What an answer says: its text, or the outputs of a workflow, each under its name where there are several. */
export function Outputs({ run }: { readonly run: Run }): VNode {
  const outputs = useMemo(() => shownOutputs(run), [run.outputs, run.text]);
  if (outputs.length === 0) return <AnswerText run={run} />;
  return (
    <>
      {outputs.map((output) => (
        <Output key={output.name} {...output} />
      ))}
    </>
  );
}

function Output({ name, markdown }: ShownOutput): VNode {
  const run = useMemo((): Run => ({ ...newRun, text: markdown, status: { type: 'done' } }), [markdown]);
  if (name === '') return <AnswerText run={run} />;
  return (
    <section class="output" aria-label={name}>
      <h3 class="output-name">{name}</h3>
      <AnswerText run={run} />
    </section>
  );
}
