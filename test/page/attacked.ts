import { placeOf } from '../../src/conversation/answerFile.ts';
import { previewOf } from '../../src/conversation/preview.ts';
import { emptyForm, type ChatState } from '../../src/conversation/protocol.ts';
import type { Run } from '../../src/conversation/run.ts';
import type { HumanInputForm } from '../../src/dify/form.ts';
import { broughtAs } from './broughtStates.ts';
import { app, conversation, message, state } from './states.ts';
import { sentFile, upload } from './uploadStates.ts';

/** A chat in which every text that is not ours is an attack. */
export function everywhere(texts: readonly string[]): ChatState {
  const all = texts.join(' ');
  const items = texts.map((text, index) => ({
    key: `${index}`,
    kind: 'file' as const,
    name: text,
    lines: undefined,
    size: 9,
  }));
  const row = { changedAt: 0, pinned: false, state: 'idle' as const, local: true };
  const control = {
    required: true,
    initial: all,
    maxLength: 9,
    files: undefined,
    jsonSchema: undefined,
    hidden: false,
  };
  const types = ['text-input', 'paragraph', 'select', 'number', 'checkbox', 'file', 'json_object'];
  const form = texts.map((text, index) => ({
    ...control,
    type: types[index % types.length] ?? '',
    variable: text,
    label: text,
    hint: text,
    options: texts,
  }));
  return state({
    app: { ...app, name: all, form, disclaimer: all, privacyPolicy: texts[0] ?? '' },
    apps: texts.map((text) => ({
      ...app,
      id: text,
      name: text,
      emoji: text,
      icon: text,
      host: text,
      keyMissing: false,
    })),
    conversation: {
      ...conversation(
        {
          ...message('1', all, { text: 'x', status: { type: 'done' }, ...broughtAs(texts) }),
          contexts: items,
          files: texts.map(sentFile),
        },
        message('2', all, { text: all, status: { type: 'stopped' }, ...stepsOf(texts) }),
        message('3', all, {
          text: 'x',
          status: { type: 'paused' },
          forms: [{ form: formOf(texts), state: { type: 'open' } }],
        }),
      ),
      name: all,
      inputs: Object.fromEntries(texts.map((text) => [text, text])),
    },
    draft: all,
    contexts: items,
    queue: texts.map((text, index) => ({ key: `${index}`, text, contexts: items, files: [] })),
    uploads: texts.map((text, index) => upload({ key: `${index}`, name: text, state: 'failed', problem: text })),
    followUps: texts,
    form: {
      ...emptyForm,
      values: Object.fromEntries(texts.map((text) => [text, text])),
      uploads: texts.map((text) => ({ variable: text, name: text, percent: 50 })),
      problems: Object.fromEntries(texts.map((text) => [text, text])),
    },
    editor: { file: all, line: 1, selection: items[0] },
    list: {
      rows: texts.map((text, index) => ({ ...row, key: `${index}`, name: text, firstQuestion: text, excerpt: text })),
      search: all,
      scope: 'all',
      state: 'read',
      problem: all,
      hasMore: true,
      deleted: { key: 'd', title: all },
    },
    variables: {
      rows: texts.map((text) => ({ id: text, name: text, type: text, description: text, value: text })),
      state: 'read',
      problem: all,
    },
    mentions: { filter: all, items },
    slash: texts.map((text) => ({ name: text, description: text })),
    fetched: Object.fromEntries(
      texts.map((text, n) => [
        placeOf(text),
        { state: n % 2 ? 'failed' : 'shown', data: text, problem: text } as const,
      ]),
    ),
    sources: Object.fromEntries(
      texts.map((text, n) => [`1 ${n}`, { state: 'found', path: text, lines: undefined } as const]),
    ),
    speech: { key: '1', state: 'failed', audio: texts[0] ?? '', problem: all, unasked: false },
    notices: [
      { kind: 'unencrypted', url: all },
      { kind: 'offline', host: all, at: 0 },
    ],
  });
}

/** Steps of an agent and of a workflow that say these texts. */
function stepsOf(texts: readonly string[]): Pick<Run, 'thoughts' | 'nodes'> {
  const calls = texts.map((text) => ({
    tool: text,
    labels: { en_US: text },
    input: previewOf(text),
    result: previewOf({ [text]: text }),
    seconds: 1,
  }));
  const nodes = texts.map((text, index) => ({
    id: `${index} ${text}`,
    nodeId: text,
    nodeType: text,
    title: text,
    container: undefined,
    length: undefined,
    status: index % 2 ? 'failed' : 'succeeded',
    error: text,
    seconds: 1,
    tokens: 1,
    round: undefined,
    rounds: 0,
    retries: 1,
    branch: text,
    inputs: previewOf(text),
    outputs: previewOf({ [text]: text }),
    log: [{ id: text, parent: undefined, label: text, status: 'error', error: text, data: previewOf(text) }],
  }));
  return { thoughts: [{ id: 't', position: 1, text: texts.join(' '), calls, files: [] }], nodes };
}

/** A form that a run waits for, made of these texts. */
function formOf(texts: readonly string[]): HumanInputForm {
  const input = {
    options: texts,
    allowed_file_types: texts,
    allowed_file_extensions: texts,
    allowed_file_upload_methods: texts,
    number_limits: undefined,
  };
  const types = ['paragraph', 'select', 'file', 'file-list'];
  return {
    form_id: 'f',
    form_token: 't',
    display_in_ui: true,
    node_id: 'n',
    node_title: texts.join(' '),
    form_content: texts.join('\n\n'),
    inputs: texts.map((text, index) => ({
      ...input,
      type: types[index % types.length] ?? text,
      output_variable_name: text,
      initial: text,
    })),
    actions: texts.map((text) => ({ id: text, title: text, button_style: text })),
    expiration_time: undefined,
  };
}
