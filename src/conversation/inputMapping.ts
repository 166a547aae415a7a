import type { InputControl } from '../dify/inputForm.ts';
import { sameCodeLanguage } from './codeLanguages.ts';
import { isTextControl, leaningOf, purposeOf } from './inputNames.ts';
import { sameLanguage } from './languages.ts';
import type { Recipe, Variable } from './recipe.ts';
import { fillTemplate, variablesIn } from './template.ts';

/** What a recipe sends to an app: which template goes into which of its inputs. */
export interface Mapping {
  /** Template by variable of the form. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Template of the question; '' for apps that are asked none. */
  readonly query: string;
  /** The controls that nothing fills: required ones are to be asked for, the others stay at their owner's default. */
  readonly open: readonly InputControl[];
}

type Values = Readonly<Partial<Record<Variable, string>>>;

/** The instruction, and under it the text, set apart as data. */
const both = '${instruction}\n\n${selectedText}';

/** The control that a text generator has whose owner set none up. */
const query: InputControl = {
  type: 'paragraph',
  variable: 'query',
  label: 'query',
  required: true,
  initial: '',
  maxLength: undefined,
  options: [],
  files: undefined,
  jsonSchema: undefined,
  hint: undefined,
  hidden: false,
};

/** The form that the app is asked by: a text generator without one takes `query` all the same. */
export function formOf(mode: string, form: readonly InputControl[]): readonly InputControl[] {
  const hasTexts = form.some(isTextControl);
  return mode === 'completion' && !hasTexts && !form.some(({ variable }) => variable === query.variable)
    ? [query, ...form]
    : form;
}

/**
 * What goes where: as the recipe says, and for the rest as the names, kinds and sizes of the fields suggest. What they do not tell
 * plainly stays open, and so does what the recipe has an empty template for.
 *
 * @param mode the app's: `completion`, `chat`, …
 * @param form as the app's parameters have it
 */
export function proposeMapping(recipe: Recipe, mode: string, form: readonly InputControl[]): Mapping {
  const shown = formOf(mode, form);
  const said = Object.entries(recipe.inputs).filter(([name]) => shown.some(({ variable }) => variable === name));
  const proposal = new Proposal(recipe, mode, shown, new Map(said));
  return proposal.mapping();
}

/** What the templates need to know; the recipe's instruction may name variables too. */
export function variablesOf(recipe: Recipe, { inputs, query: question }: Mapping): ReadonlySet<Variable> {
  const named = [...Object.values(inputs), question].flatMap((template) => [...variablesIn(template)]);
  return new Set([...named, ...(named.includes('instruction') ? variablesIn(recipe.instruction) : [])]);
}

/** Whether the selected text goes anywhere. */
export function takesText({ inputs, query: question }: Mapping): boolean {
  return [...Object.values(inputs), question].some((template) => variablesIn(template).has('selectedText'));
}

/**
 * The texts for the app's inputs, and its question. A choice that means the text is taken for it (`Deutsch` for `German`, `C#` for
 * `csharp`); an input is left out where the choices have none, or where there is nothing to say.
 */
export function fillMapping(
  recipe: Recipe,
  mapping: Mapping,
  form: readonly InputControl[],
  values: Values,
): { readonly inputs: Readonly<Record<string, string>>; readonly query: string } {
  const all = { ...values, instruction: fillTemplate(recipe.instruction, values) };
  const inputs = Object.entries(mapping.inputs).flatMap(([variable, template]) => {
    const filled = fillTemplate(template, all);
    const control = form.find((each) => each.variable === variable);
    const value = control?.type === 'select' ? choiceFor(control, filled) : filled;
    return value === undefined || value === '' ? [] : [[variable, value] as const];
  });
  return { inputs: Object.fromEntries(inputs), query: fillTemplate(mapping.query, all) };
}

/** The control that takes the target language, if it is one to choose from. */
export function languageChoices({ inputs }: Mapping, form: readonly InputControl[]): readonly string[] {
  const control = form.find(({ variable }) => inputs[variable]?.trim() === '${targetLanguage}');
  return control?.options ?? [];
}

/** The choice that the text means, however it is written; `undefined` if there is none. */
export function choiceFor({ options }: InputControl, text: string): string | undefined {
  if (options.includes(text)) return text;
  const plain = text.trim().toLowerCase();
  const same = options.find((option) => option.trim().toLowerCase() === plain);
  return same ?? sameLanguage(text, options) ?? sameCodeLanguage(plain, options);
}

/** One proposal in the making. */
class Proposal {
  readonly #recipe: Recipe;
  readonly #form: readonly InputControl[];
  readonly #isChat: boolean;
  readonly #inputs: Map<string, string>;
  /** What the recipe wants nothing proposed for. */
  readonly #leftOpen: ReadonlySet<string>;

  constructor(recipe: Recipe, mode: string, form: readonly InputControl[], said: ReadonlyMap<string, string>) {
    this.#recipe = recipe;
    this.#form = form;
    this.#isChat = mode !== 'completion' && mode !== 'workflow';
    this.#inputs = new Map([...said].filter(([, template]) => template !== ''));
    this.#leftOpen = new Set([...said].flatMap(([variable, template]) => (template === '' ? [variable] : [])));
  }

  mapping(): Mapping {
    for (const control of this.#left()) this.#proposePlain(control);
    const text = this.#placed('selectedText') ? undefined : this.#textField();
    if (text !== undefined) this.#inputs.set(text.variable, '${selectedText}');
    const prompt = this.#promptField();
    const template = this.#promptTemplate();
    if (prompt !== undefined && template !== '') this.#inputs.set(prompt.variable, template);
    const inputs = Object.fromEntries(this.#inputs);
    return { inputs, query: this.#isChat ? this.#question() : '', open: this.#open() };
  }

  #open(): readonly InputControl[] {
    return this.#form.filter(({ variable, hidden }) => !hidden && !this.#inputs.has(variable));
  }

  /** What something may still be proposed for. */
  #left(): readonly InputControl[] {
    return this.#open().filter(({ variable }) => !this.#leftOpen.has(variable));
  }

  #placed(variable: Variable): boolean {
    return [...this.#inputs.values()].some((template) => variablesIn(template).has(variable));
  }

  /** What a field for an instruction takes: the text too, where no other field does. */
  #promptTemplate(): string {
    const instruction = this.#recipe.instruction === '' || this.#placed('instruction') ? '' : '${instruction}';
    if (this.#isChat || this.#placed('selectedText')) return instruction;
    return instruction === '' ? '${selectedText}' : both;
  }

  /** The fields whose name, or choices, say what they take. */
  #proposePlain(control: InputControl): void {
    const template = this.#templateFor(control);
    if (template !== undefined) this.#inputs.set(control.variable, template);
  }

  #templateFor(control: InputControl): string | undefined {
    switch (purposeOf(control)) {
      case 'language':
        return this.#languageFor(control);
      case 'sourceLanguage':
        return control.options.find((option) => /auto|detect|自动|自動|检测|検出/i.test(option));
      case 'codeLanguage':
        return '${languageId}';
      case 'fileName':
        return '${fileBasename}';
      case 'filePath':
        return '${relativeFile}';
      case 'diagnostics':
        return this.#hasOtherTexts(control) && variablesIn(this.#recipe.instruction).has('diagnostics')
          ? '${diagnostics}'
          : undefined;
      case 'diff':
        return this.#hasOtherTexts(control) ? '${gitDiff}' : undefined;
      case 'other':
        return this.#taskAmong(control.options);
      case undefined:
        return undefined;
    }
  }

  /** One field takes the language; a choice that does not have it is asked for. */
  #languageFor({ options }: InputControl): string | undefined {
    const { targetLanguage } = this.#recipe;
    if (targetLanguage === undefined || this.#placed('targetLanguage')) return undefined;
    const isThere =
      targetLanguage === '' || options.length === 0 || sameLanguage(targetLanguage, options) !== undefined;
    return isThere ? '${targetLanguage}' : undefined;
  }

  /** The choice that does what the recipe does. */
  #taskAmong(options: readonly string[]): string | undefined {
    const { title, keywords = [] } = this.#recipe;
    return options.find((option) => {
      const name = option.trim().toLowerCase();
      return name === title.toLowerCase() || keywords.some((keyword) => name.includes(keyword));
    });
  }

  #hasOtherTexts(control: InputControl): boolean {
    return this.#texts().some((other) => other !== control);
  }

  /** What can take a text and is not plainly for something else. */
  #texts(): readonly InputControl[] {
    return this.#left().filter((control) => {
      const purpose = purposeOf(control);
      return isTextControl(control) && (purpose === undefined || purpose === 'diff' || purpose === 'diagnostics');
    });
  }

  /** The best of the fields for a text; in a chat only one that says so, for the question takes it as well. */
  #textField(): InputControl | undefined {
    const texts = this.#texts().filter((control) => !isPrompt(control));
    const fields = texts.map((control) => ({ control, aptness: aptness(control) }));
    const least = this.#isChat ? 8 : fields.length === 1 ? 1 : 2;
    const best = fields.toSorted((a, b) => b.aptness - a.aptness)[0];
    return best !== undefined && best.aptness >= least ? best.control : undefined;
  }

  /** Of a chat only one that has to be filled: its question carries the instruction. */
  #promptField(): InputControl | undefined {
    const wanted = this.#texts().filter(({ required }) => required || !this.#isChat);
    const fields = wanted.map((control) => ({ control, ...leaningOf(control) }));
    const prompts = fields.filter(({ text, instruction }) => instruction > 0 && instruction >= text - 3);
    return prompts.toSorted((a, b) => b.instruction - b.text - (a.instruction - a.text))[0]?.control;
  }

  /** The question of a chat: what nothing else takes. */
  #question(): string {
    const hasInstruction = this.#recipe.instruction !== '';
    if (!this.#placed('selectedText')) return hasInstruction ? both : '${selectedText}';
    // Dify refuses an empty question.
    return hasInstruction ? '${instruction}' : this.#recipe.title;
  }
}

/** Whether the field is rather for an instruction than for a text. */
function isPrompt(control: InputControl): boolean {
  const { text, instruction } = leaningOf(control);
  return instruction > text;
}

/** How well the field takes the text. */
function aptness(control: InputControl): number {
  const { type, required, maxLength } = control;
  const { text } = leaningOf(control);
  const room = maxLength === undefined || maxLength >= 1000 ? 1 : maxLength < 100 ? -4 : maxLength < 256 ? -2 : 0;
  return text + (type === 'paragraph' ? 4 : 0) + room + (required ? 1 : 0);
}
