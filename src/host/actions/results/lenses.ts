import { CodeLens, env, EventEmitter, languages, Range, type Disposable, type TextDocument, type Uri } from 'vscode';
import { waitingIn, type Answer } from '../../../conversation/result.ts';
import { t } from '../../words.ts';
import { hiddenWords } from '../../hiddenWords.ts';
import { aboutOf, canRate, markdownOf, stateOf, usageOf } from './resultWords.ts';
import { resultScheme } from '../../resultUri.ts';
import { isUsable, type ShownResult } from './shownResult.ts';

/** What can be pressed, or only read. */
interface Row {
  readonly title: string;
  /** After `difyCompanion.results.`; `undefined` for what is only read. */
  readonly command?: string;
  /** What a picture says. */
  readonly tooltip?: string;
}

/** Draws the line above the text, which says what it is, and the one under it, with what can be done. */
export class Lenses implements Disposable {
  readonly #changed = new EventEmitter<void>();
  readonly #registered: Disposable;

  constructor(find: (uri: Uri) => ShownResult | undefined) {
    this.#registered = languages.registerCodeLensProvider(
      { scheme: resultScheme },
      {
        onDidChangeCodeLenses: this.#changed.event,
        provideCodeLenses: (document) => lensesOf(document, find(document.uri)),
      },
    );
  }

  redraw(): void {
    this.#changed.fire();
  }

  dispose(): void {
    this.#registered.dispose();
    this.#changed.dispose();
  }
}

function lensesOf(document: TextDocument, shown: ShownResult | undefined): CodeLens[] {
  if (shown === undefined) return at(0, document.uri, [{ title: t('This answer is gone. Run the action again.') }]);
  const head = at(0, shown.uri, headOf(shown));
  if (!isUsable(shown)) return head;
  // In one line the last of them would be cut off where the editor is narrow.
  const [first, second] = [document.lineCount - 2, document.lineCount - 1];
  const foot = footOf(shown);
  const rest = shown.followed.state() === 'changed' ? foot.splice(-1) : [];
  return [...head, ...at(first, shown.uri, foot), ...at(second, shown.uri, [...rest, ...costOf(shown)])];
}

function at(line: number, uri: Uri, rows: readonly Row[]): CodeLens[] {
  const range = new Range(line, 0, line, 0);
  return rows.map(({ command, ...words }) =>
    command === undefined
      ? new CodeLens(range, { ...words, command: '' })
      : new CodeLens(range, { ...words, command: `difyCompanion.results.${command}`, arguments: [uri] }),
  );
}

function headOf(shown: ShownResult): readonly Row[] {
  const { answer, result } = shown;
  const head = { title: `${aboutOf(result)} · ${stateOf(answer, Date.now(), env.language)}` };
  if (shown.isRunning) return [head, { title: t('Stop'), command: 'stop' }];
  const isWhole = answer.parts.every(({ run }) => run.status.type === 'done');
  const waits = waitingIn(answer) !== undefined;
  const again = { title: shown.canBeFetched ? t('Fetch the Rest') : t('Retry'), command: 'again' };
  const next = waits ? { title: t('Answer'), command: 'continueInChat' } : again;
  return [head, ...hiddenRows(answer), ...(isWhole ? [] : [next]), ...(isUsable(shown) ? [] : previousRows(shown))];
}

function hiddenRows(answer: Answer): readonly Row[] {
  const title = hiddenWords(markdownOf(answer));
  return title === undefined ? [] : [{ title }];
}

function previousRows({ hasPrevious }: ShownResult): readonly Row[] {
  return hasPrevious ? [{ title: t('Show Previous Answer'), command: 'showPrevious' }] : [];
}

function footOf(shown: ShownResult): Row[] {
  return [
    ...placeRows(shown),
    { title: t('Copy'), command: 'copy' },
    { title: t('Again'), command: 'again' },
    { title: t('Continue in Chat'), command: 'continueInChat' },
  ];
}

function costOf(shown: ShownResult): readonly Row[] {
  const usage = usageOf(shown.answer, env.language);
  return [...ratingRows(shown), ...(usage === '' ? [] : [{ title: usage }]), ...previousRows(shown)];
}

/** Nothing is offered that cannot be done: where the text is gone, it can neither be replaced nor continued. */
function placeRows({ followed, isPlaceKnown }: ShownResult): readonly Row[] {
  const state = followed.state();
  if (!isPlaceKnown || state === 'gone') return [];
  const replace = state === 'changed' ? t('The text changed. Compare…') : t('Replace Selection');
  return [
    { title: replace, command: 'replace' },
    { title: t('Insert Below'), command: 'insertBelow' },
  ];
}

function ratingRows({ answer, result }: ShownResult): readonly Row[] {
  if (!canRate(result, answer)) return [];
  const rating = answer.parts.find((part) => part.rating !== undefined)?.rating;
  return [
    { title: rating === 'like' ? '$(thumbsup-filled)' : '$(thumbsup)', command: 'like', tooltip: t('Good answer') },
    {
      title: rating === 'dislike' ? '$(thumbsdown-filled)' : '$(thumbsdown)',
      command: 'dislike',
      tooltip: t('Bad answer'),
    },
  ];
}
