import type { ComponentChildren, VNode } from 'preact';
import { formatSeconds } from '../../../conversation/format.ts';
import type { Run } from '../../../conversation/run.ts';
import type { Thought, ToolCall } from '../../../conversation/steps.ts';
import type { Actions } from '../../actions.ts';
import { Icon } from '../../icon.tsx';
import { language, t } from '../../locale.ts';
import { Fold } from './fold.tsx';
import { done, running, StateIcon, stopped, withName } from './stepState.tsx';
import { Values } from './values.tsx';

interface Properties {
  readonly run: Run;
  /** Of the message. */
  readonly of: string;
  readonly isRunning: boolean;
  readonly icons: Readonly<Record<string, string>>;
  readonly actions: Actions;
}

/** What an agent thought before it called a tool, or a call. */
type Line =
  | { readonly type: 'said'; readonly key: string; readonly text: string }
  | {
      readonly type: 'call';
      readonly key: string;
      readonly call: ToolCall;
      readonly thought: string;
      readonly index: number;
    };

/** Of more finished calls than this all but the last {@link stay} are folded. */
const most = 3;
const stay = 2;

/** The tools that an agent called, a line each. What it thought beside stands there where the answer does not say it. */
export function Tools({ run, isRunning, ...beside }: Properties): VNode | null {
  const lines = run.thoughts.flatMap((thought) => linesOf(thought, run.text));
  if (lines.length === 0) return null;
  const shown = (all: readonly Line[]): VNode[] =>
    all.map((line) => <ToolLine key={line.key} line={line} isRunning={isRunning} {...beside} />);
  const finished = lines.flatMap((line, index) => (isFinished(line) ? [index] : []));
  const call = finished.length > most ? (finished.at(-stay) ?? 0) : 0;
  // What was thought before a call stays with it.
  const from = lines[call - 1]?.type === 'said' ? call - 1 : call;
  const folded = lines.slice(0, from);
  return (
    <>
      {from > 0 && <Earlier lines={folded}>{() => shown(folded)}</Earlier>}
      {shown(lines.slice(from))}
    </>
  );
}

function linesOf({ id, text, calls }: Thought, answer: string): readonly Line[] {
  // The last thought of an agent is its answer.
  if (calls.length === 0) return [];
  const said = text.trim();
  const isNew = said !== '' && !answer.includes(said);
  return [
    ...(isNew ? [{ type: 'said', key: `${id} said`, text: said } as const] : []),
    ...calls.map((call, index) => ({ type: 'call', key: `${id} ${index}`, call, thought: id, index }) as const),
  ];
}

function isFinished(line: Line): boolean {
  return line.type === 'call' && line.call.result !== undefined;
}

function Earlier({ lines, children }: { readonly lines: readonly Line[]; readonly children: () => VNode[] }): VNode {
  const calls = lines.flatMap((line) => (line.type === 'call' ? [line.call] : []));
  const seconds = calls.reduce((sum, call) => sum + (call.seconds ?? 0), 0);
  return (
    <Fold
      summary={
        <>
          <StateIcon state={done} />
          <span class="cut">{t('earlierSteps', { n: calls.length })}</span>
          <Time seconds={seconds} />
        </>
      }
      body={() => <>{children()}</>}
    />
  );
}

function ToolLine({
  line,
  of,
  isRunning,
  icons,
  actions,
}: Omit<Properties, 'run'> & { readonly line: Line }): ComponentChildren {
  if (line.type === 'said') return <p class="said">{line.text}</p>;
  const { call, thought, index } = line;
  const works = call.result === undefined && isRunning;
  const emoji = Object.hasOwn(icons, call.tool) ? icons[call.tool] : undefined;
  const at = { key: of, step: thought, call: index } as const;
  return (
    <Fold
      summary={
        <>
          <StateIcon state={works ? running : call.result === undefined ? stopped : done} />
          {emoji === undefined ? <Icon name="tools" classes="s" /> : <span aria-hidden="true">{emoji}</span>}
          <span class="cut">
            {withName((tool) => (works ? t('usingTool', { tool }) : t('usedTool', { tool })), nameOf(call))}
          </span>
          <Time seconds={call.seconds ?? 0} />
        </>
      }
      body={() => (
        <Values
          values={[
            { label: t('stepInput'), preview: call.input, at: { ...at, what: 'input' } },
            { label: t('stepResult'), preview: call.result, at: { ...at, what: 'output' } },
          ]}
          actions={actions}
        />
      )}
    />
  );
}

function Time({ seconds }: { readonly seconds: number }): VNode | null {
  return seconds < 0.05 ? null : <span class="end-slot num">{formatSeconds(seconds, language)}</span>;
}

/** The tool's name in the reader's language, else in English, else as the model calls it. */
function nameOf({ tool, labels }: ToolCall): string {
  const locale = language.startsWith('zh') ? 'zh_Hans' : language.startsWith('ja') ? 'ja_JP' : 'en_US';
  const label = labels[locale] ?? labels['en_US'];
  return typeof label === 'string' && label !== '' ? label : tool;
}
