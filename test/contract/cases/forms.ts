import { blockingQuestion, question, refusedInputs } from '../asking.ts';
import type { FormControl } from '../apps.ts';
import type { Case } from '../case.ts';
import { basicModes, graphModes, type Mode, modes } from '../modes.ts';
import type { Expected } from '../ask.ts';
import type { Probe } from '../probe.ts';

const invalid = { status: 400, code: 'invalid_param' } as const;
const fine = { status: 200 } as const;
const crash = { status: 500, code: 'internal_server_error' } as const;

/** Modes that answer without a stream. */
const blocking: readonly Mode[] = modes.filter((mode) => mode !== 'agent-chat' && mode !== 'agent');

/** The first control of the type that the filter takes. */
function controlOf(app: Probe, type: string, takes: (control: FormControl) => boolean = () => true): FormControl {
  const found = app.app.form.find((control) => control.type === type && takes(control));
  if (found === undefined) throw new Error(`The form has no ${type} for this.`);
  return found;
}

/** One value in one control, asked without a stream. */
function given(name: string, type: string, value: unknown, expected: Expected): Case {
  return {
    name,
    modes: blocking,
    needs: [`input:${type}`],
    run: async (app) => {
      const inputs = { ...app.inputs(), [controlOf(app, type).variable]: value };
      await app.send(blockingQuestion(app, undefined, { inputs }), expected);
    },
  };
}

const controls: readonly Case[] = [
  given('a number is no short text', 'text-input', 5, invalid),
  given('true is no short text', 'text-input', true, invalid),
  given('a list is no short text', 'text-input', ['a'], invalid),
  given('an object is no short text', 'text-input', { a: 1 }, invalid),
  given('a number is no long text', 'paragraph', 5, invalid),
  given('a number may be given in characters', 'number', '12', fine),
  given('a number may have a fraction in characters', 'number', '1.5', fine),
  given('letters are no number', 'number', 'abc', invalid),
  given('a list for a number crashes', 'number', [1], crash),
  given('an object for a number crashes', 'number', { a: 1 }, { status: 500 }),
  given('true is a choice', 'checkbox', true, fine),
  given('a word for yes is a choice', 'checkbox', 'true', fine),
  given('any other word is let through as a choice', 'checkbox', 'maybe', fine),
  given('1 is a choice', 'checkbox', 1, fine),
  given('a value that is none of the options is refused', 'select', 'none of these', invalid),
  given('nothing is none of the options', 'select', '', invalid),
  given('a text is no file', 'file', 'x', invalid),
  given('a list is no file', 'file', [], invalid),
  given(
    'a file is no list of files',
    'file-list',
    { type: 'image', transfer_method: 'local_file', upload_file_id: 'x' },
    invalid,
  ),
  given('an empty list of files is fine', 'file-list', [], fine),
  {
    name: 'an object is given as an object, on the older server as its text',
    modes: graphModes,
    needs: ['input:json_object'],
    run: async (app) => {
      const { variable } = controlOf(app, 'json_object');
      const asked = (value: unknown): ReturnType<typeof blockingQuestion> =>
        blockingQuestion(app, undefined, { inputs: { ...app.inputs(), [variable]: value } });
      const isOld = app.generation === 'a';
      await app.send(asked('{"a":1}'), isOld ? fine : invalid);
      await app.send(asked({ a: 1 }), isOld ? invalid : fine);
    },
  },
  {
    name: 'every option of a choice is taken',
    modes: blocking,
    needs: ['input:select'],
    run: async (app) => {
      const { options, variable } = controlOf(app, 'select');
      for (const option of options.slice(0, 3)) {
        await app.send(blockingQuestion(app, undefined, { inputs: { ...app.inputs(), [variable]: option } }), fine);
      }
    },
  },
];

const required: readonly Case[] = [
  {
    name: 'what is required is missed',
    needs: ['required-inputs'],
    run: (app) => refusedInputs(app, question(app, undefined, { inputs: {} })),
  },
  {
    name: 'what is required is missed without a stream too',
    needs: ['required-inputs'],
    modes: blocking,
    run: (app) => refusedInputs(app, blockingQuestion(app, undefined, { inputs: {} })),
  },
  {
    name: 'null is missed where something is required',
    needs: ['required-inputs'],
    run: async (app) => {
      const control = app.app.form.find((each) => each.required);
      await refusedInputs(
        app,
        question(app, undefined, { inputs: { ...app.inputs(), [control?.variable ?? '']: null } }),
      );
    },
  },
  {
    name: 'what is required is missed in a second question too',
    needs: ['required-inputs'],
    modes: ['chat', 'advanced-chat'],
    run: async (app) => {
      const first = await app.send(blockingQuestion(app), fine);
      const { conversation_id } = first.json;
      await refusedInputs(app, question(app, undefined, { inputs: {}, conversation_id }));
    },
  },
  {
    name: 'optional fields may be null',
    modes: basicModes,
    run: async (app) => {
      const optional = app.app.form.filter((control) => !control.required && !control.type.startsWith('file'));
      const nulls = Object.fromEntries(optional.map(({ variable }) => [variable, null]));
      await app.send(question(app, undefined, { inputs: { ...app.inputs(), ...nulls } }), { status: 200, end: 'done' });
    },
  },
  {
    name: 'unknown inputs are dropped',
    run: async (app) => {
      const ask = question(app, undefined, { inputs: { ...app.inputs(), nothing_of_the_kind: 'x' } });
      await app.send(ask, { status: 200, end: 'done' });
    },
  },
];

const lengths: readonly Case[] = (['text-input', 'paragraph'] as const).flatMap((type) => [
  {
    name: `a ${type} may be as long as its limit says and no longer`,
    modes: blocking,
    needs: [`input:${type}`, `limited:${type}`],
    run: async (app) => {
      const { maxLength = 0, variable } = controlOf(app, type, (control) => (control.maxLength ?? 0) > 0);
      const asked = (length: number): ReturnType<typeof blockingQuestion> =>
        blockingQuestion(app, undefined, { inputs: { ...app.inputs(), [variable]: 'x'.repeat(length) } });
      await app.send(asked(maxLength), fine);
      await refusedInputs(app, asked(maxLength + 1));
    },
  },
]);

const streaming: readonly Case[] = [
  ['text-input', 5],
  ['number', 'five'],
  ['select', 'none of these'],
  ['file', 'x'],
].map(([type, value]): Case => ({
  name: `a wrong ${String(type)} is refused in a stream`,
  modes: modes.filter((mode) => mode !== 'agent'),
  needs: [`input:${String(type)}`],
  run: async (app) => {
    const { variable } = controlOf(app, String(type));
    await refusedInputs(app, question(app, undefined, { inputs: { ...app.inputs(), [variable]: value } }));
  },
}));

/** What the fields of a form take. */
export const formCases: readonly Case[] = [
  ...controls,
  ...required,
  ...lengths,
  ...streaming,
  {
    name: 'an empty question to a chatflow is refused',
    modes: ['advanced-chat'],
    run: (app) => refusedInputs(app, question(app, '', { inputs: app.inputs() })),
  },
];
