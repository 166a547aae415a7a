import { type App, parameters } from '../../src/demo/apps.ts';
import { piecesOf } from '../../src/demo/text/pieces.ts';
import type { TextSource } from '../../src/demo/turns/textSource.ts';

const streamed = `<think>The manual separates a soft restart from a factory reset. The VPN profiles live in the configuration partition, so an export first is the safe way.</think>A factory reset clears every profile, so save them first:

1. Open **System › Backup** and choose *Export profiles*.
2. Hold the reset button for 10 seconds until the light turns amber.
3. Sign in again and import the`;

const code = `It retries only what is safe to repeat and honours \`Retry-After\`.

\`\`\`ts
export async function retry<T>(work: () => Promise<T>, times = 3) {
  for (let n = 0; ; n++) {
    try { return await work(); }
    catch (error) {
      if (n === times) throw error;
      // 0.5 s, 1 s, 2 s
      await pause(500 * 2 ** n, 'retry');
    }
  }
}
\`\`\``;

const fixes = `## Three ways to stop the drops

The access point renews its lease every \`3600\` seconds. See the [X200 release notes](https://example.com/x200).

> Fixed in 4.2: the radio no longer restarts when the lease is renewed.

| Fix | Effect | Minutes | Risk |
|---|---|---:|---|
| Update to 4.2 | Removes the cause | 12 | One restart of the access point |
| Longer lease | A drop once a day | 2 | None |
| Fixed channel | Fewer drops at night | 3 | Crowded channel |
${Array.from({ length: 40 }, (_, n) => `| Channel ${n + 1} | ${n % 3 === 0 ? 'A drop once a day' : 'None'} | ${(n * 7) % 60} | Measured on the second floor |`).join('\n')}`;

const chance = `### Order of work

- Export the profiles
  - VPN
  - Port forwarding
- Update, then watch for a day

* [x] Firmware checked
* [ ] Lease time raised to 24 h

Chance of no drop in *n* hours:

$$P(n) = \\left(1 - \\frac{k}{24}\\right)^n$$

![Channel plan](https://cdn.example.com/plan.png)`;

/** Where an answer stands still until it is stopped: its pieces up to there come. */
async function* heldAt(text: string, signal: AbortSignal): AsyncGenerator<string> {
  yield* piecesOf(text);
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
}

const answers: TextSource = ({ query }, signal) => {
  if (query.startsWith('How do I reset')) return heldAt(streamed, signal);
  if (query.startsWith('Why do')) return heldAt('A factory reset clears every profile, so save', signal);
  if (query.startsWith('Add a retry')) return piecesOf(code);
  if (query.startsWith('Compare')) return piecesOf(fixes);
  return piecesOf(chance);
};

const documents = { allowed_file_types: ['document'], allowed_file_upload_methods: ['local_file'] };

function app(change: Pick<App, 'key' | 'name' | 'parameters'>): App {
  return {
    ...change,
    mode: 'chat',
    description: 'Answers from the router manuals and the ticket archive.',
    authorName: null,
    site: {
      icon: '🛟',
      iconBackground: '#E0F2FE',
      description: 'Answers from the router manuals and the ticket archive.',
      disclaimer: 'Answers are generated and can be wrong. Check before you act.',
    },
    promptOf: (_inputs, query) => query,
    answer: answers,
  };
}

/** The app of the design's pictures, without its form and with it. */
export const copilots: readonly App[] = [
  app({
    key: 'app-LooksCopilot00000000001',
    name: 'Support Copilot',
    parameters: parameters({
      opening_statement:
        'Hello. Tell me the model and what happens, and I will look it up. For orders, have the **order number** ready.',
      suggested_questions: [
        'Reset an X200 and keep the VPN settings',
        'Why does the Wi-Fi drop every hour?',
        'Write a reply to ticket 4711',
      ],
    }),
  }),
  app({
    key: 'app-LooksForm00000000000002',
    name: 'Support Desk',
    parameters: parameters({
      user_input_form: [
        { 'text-input': { label: 'Customer name', variable: 'name', required: true, default: '', max_length: 48 } },
        {
          select: {
            label: 'Product',
            variable: 'product',
            required: true,
            default: 'X200 router',
            options: ['X200 router', 'X300 router'],
          },
        },
        { paragraph: { label: 'What happened?', variable: 'happened', required: true, default: '', max_length: 89 } },
        { number: { label: 'Seats', variable: 'seats', required: false, default: '' } },
        { checkbox: { label: 'Search the ticket archive too', variable: 'archive', required: false, default: true } },
        { 'file-list': { label: 'Log files', variable: 'logs', required: false, max_length: 3, ...documents } },
        {
          file: {
            label: 'Photo of the device',
            variable: 'photo',
            required: false,
            allowed_file_types: ['image'],
            allowed_file_upload_methods: ['local_file', 'remote_url'],
          },
        },
        { json_object: { label: 'Settings', variable: 'settings', required: false, json_schema: null } },
      ],
    }),
  }),
];
