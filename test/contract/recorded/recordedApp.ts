import { type App, type FileUpload, type Parameters, parameters } from '../../../src/demo/apps.ts';
import { ModelError, type TextSource } from '../../../src/demo/turns/textSource.ts';
import { type RecordedExchange, type Recording, bodyOf } from '../../support/recordings.ts';
import { labModeration, labSuggestions } from '../../lab/guardedApps.ts';
import { labSpeech, speakingText } from '../../lab/speechApps.ts';
import type { TestClock } from '../../support/testClock.ts';

/** The app that the recording talks to, as far as it shows. */
export function appOf(recording: Recording): App {
  const about = answerTo(recording, '/v1/info') ?? { name: 'App', description: '', author_name: null };
  const site = answerTo(recording, '/v1/site');
  return {
    key: 'app-KEY',
    ...told(recording),
    state: recording.about.includes('is switched off in the console') ? 'apiDisabled' : 'normal',
    name: String(about['name']),
    mode: recording.server.mode === 'completion' ? 'completion' : 'chat',
    description: String(about['description']),
    authorName: typeof about['author_name'] === 'string' ? about['author_name'] : null,
    site: {
      icon: String(site?.['icon']),
      iconBackground: String(site?.['icon_background']),
      description: null,
      disclaimer: '',
    },
    parameters: (answerTo(recording, '/v1/parameters') as Parameters | undefined) ?? parameters(formOf(recording)),
    promptOf: (_inputs, query) => `${query} tell`,
    answer: () => [],
    suggest: labSuggestions,
    speech: labSpeech,
  };
}

/** What only the recorder's words tell of the app. */
function told({ about }: Recording): Partial<App> {
  const cap = /max_active_requests (\d+)|slot of an aborted/.exec(about);
  return {
    ...(cap === null ? {} : { maxActiveRequests: Number(cap[1] ?? 1) }),
    ...(about.startsWith('Keyword moderation') ? { moderation: labModeration } : {}),
  };
}

function answerTo({ exchanges }: Recording, path: string): Readonly<Record<string, unknown>> | undefined {
  const found = exchanges.find(
    ({ request, response }) => request.path === path && request.method === 'GET' && response?.status === 200,
  );
  return found === undefined ? undefined : (JSON.parse(bodyOf(found).toString()) as Record<string, unknown>);
}

const greeting: Partial<Parameters> = {
  opening_statement: 'Hello {{name}}, ask me about **returns** and shipping.',
  user_input_form: [
    { 'text-input': { label: 'Your name', variable: 'name', required: false, max_length: 48 } },
    { select: { label: 'Language', variable: 'lang', required: false, options: ['en', 'zh', 'ja'] } },
  ],
};

/** The forms of the recorded apps whose recordings do not ask for it. */
function formOf({ about, server }: Recording): Partial<Parameters> {
  if (about.includes('required fields')) {
    return {
      opening_statement: '',
      user_input_form: [
        { 'text-input': { label: 'Topic', variable: 'topic', required: true, max_length: 10 } },
        { select: { label: 'Level', variable: 'level', required: true, options: ['easy', 'hard'] } },
        { number: { label: 'N', variable: 'n', required: false } },
        { paragraph: { label: 'Note', variable: 'note', required: false } },
      ],
    };
  }
  if (about.includes('Inputs on follow-ups')) return greeting;
  if (about.includes('A message with an uploaded image')) {
    return { ...greeting, opening_statement: '', file_upload: uploads };
  }
  if (about.startsWith('The model fails while it makes suggestions')) {
    return { ...greeting, suggested_questions_after_answer: { enabled: true } };
  }
  return server.mode === 'completion' ? textForm(about) : { opening_statement: '' };
}

function textForm(about: string): Partial<Parameters> {
  const isHelper = about.includes('Inputs of a text generator') || about.includes('blocking mode');
  return {
    ...(about.includes('with an uploaded image') ? { file_upload: uploads } : {}),
    ...(about.startsWith('Automatic text to speech') ? speakingText.parameters : {}),
    user_input_form: [
      { paragraph: { label: 'Text', variable: 'query', required: true, ...(isHelper ? { max_length: 400 } : {}) } },
      ...(isHelper
        ? [
            {
              select: {
                label: 'Task',
                variable: 'task',
                required: true,
                options: ['Summarize', 'Translate', '改写'],
              },
            },
            { 'text-input': { label: 'Tone', variable: 'tone', required: false, max_length: 48 } },
            { number: { label: 'Count', variable: 'count', required: false } },
            { checkbox: { label: 'Formal', variable: 'formal', required: false } },
          ]
        : []),
    ],
  };
}

const uploads: FileUpload = {
  enabled: true,
  allowed_file_types: ['image'],
  allowed_file_upload_methods: ['local_file', 'remote_url'],
  number_limits: 3,
};

/** A model that says what the recorded one said, a little before the server sent it on; it never ends where the recording shows no end of its own. */
export function recordedAnswer(exchange: RecordedExchange | undefined, clock: TestClock): TextSource {
  return async function* answer(_prompt, signal) {
    const asked = clock.now();
    for (const { at, event } of eventsOf(exchange)) {
      await clock.sleep(asked + at * 0.95 - clock.now(), signal);
      if ('error_type' in event) throw modelError(event);
      const { answer: delta } = event;
      if (typeof delta === 'string' && event['event'] !== 'message_replace') yield delta;
      else if (JSON.stringify(event).includes('0E-7')) break;
      else return;
    }
    if (!brokeOff(exchange)) await new Promise(() => {});
  };
}

/** Whether the answer ended with the connection. Where it was a proxy that gave up, there was silence before. */
function brokeOff(exchange: RecordedExchange | undefined): boolean {
  const response = exchange?.response;
  if (response?.ended !== 'reset') return false;
  return response.end_ms - (response.chunks.at(-1)?.ms ?? 0) < 2000;
}

type RecordedEvent = Readonly<Record<string, unknown>>;

function eventsOf(
  exchange: RecordedExchange | undefined,
): readonly { readonly at: number; readonly event: RecordedEvent }[] {
  const response = exchange?.response;
  // A proxy gave up before the model said anything.
  if (response === undefined || response.status === 504) return [];
  const events = response.chunks.flatMap(({ ms, text = '' }) =>
    text
      .split('\n')
      .filter((line) => /^(?:data: )?\{/.test(line))
      .map((line) => ({ at: ms, event: innermost(JSON.parse(line.replace(/^data: /, '')) as RecordedEvent) })),
  );
  const isStream = response.headers.some(([, value]) => value.startsWith('text/event-stream'));
  // A blocking answer is one delta and an end.
  if (!isStream) return events[0]?.event['answer'] === '' ? [] : [...events, { at: response.end_ms, event: {} }];
  // The server itself adds the empty delta at the end.
  return events.filter(({ event }) => event['answer'] !== '');
}

/** A failure's JSON is inside its message. */
function innermost(event: RecordedEvent): RecordedEvent {
  const inside = /\{"args".*$/s.exec(String(event['message']))?.[0];
  if (inside !== undefined) return JSON.parse(inside) as RecordedEvent;
  return event['code'] === undefined ? event : { ...event, error_type: '' };
}

function modelError(event: RecordedEvent): ModelError {
  const described = JSON.stringify(event['args'] ?? {}).includes('description');
  return new ModelError(String(event['message']), {
    errorType: String(event['error_type']),
    described,
    ...(event['code'] === 'completion_request_error' ? { code: 'completion_request_error' } : {}),
  });
}
