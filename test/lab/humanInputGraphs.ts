import type { FormAction, FormDefinition, FormInput } from '../../src/demo/humanInput/form.ts';
import { humanInput } from '../../src/demo/humanInput/node.ts';
import { edges } from '../../src/demo/workflow/edges.ts';
import type { Graph, Node } from '../../src/demo/workflow/graph.ts';
import { llm } from '../../src/demo/workflow/nodes/llm.ts';
import { aggregator, answer, code, end, start, template } from '../../src/demo/workflow/nodes/plain.ts';
import { labSystem as system } from './workflowApp.ts';

const hour = 3_600_000;
const approve: FormAction = { id: 'approve', title: 'Approve ✅', button_style: 'primary' };
const reject: FormAction = { id: 'reject', title: 'Reject', button_style: 'accent' };

/** Deadlines of the lab are 36 hours, but for the apps where they are to pass. */
interface Deadline {
  readonly timeout?: number;
}

function paragraph(name: string, text?: string): FormInput {
  const written = text === undefined ? null : ({ type: 'constant', selector: [], value: text } as const);
  return { output_variable_name: name, type: 'paragraph', default: written };
}

function select(name: string, ...value: readonly string[]): FormInput {
  return { output_variable_name: name, type: 'select', option_source: { type: 'constant', selector: [], value } };
}

function form(changed: Partial<FormDefinition>, { timeout = 36 * hour }: Deadline): FormDefinition {
  return { content: '', inputs: [], actions: [approve, reject], delivery: 'api', timeout, ...changed };
}

const review =
  '## Please review\n\nDraft: **{{#draft.text#}}**\n\nComment:\n\n{{#$output.comment#}}\n\nPriority: {{#$output.priority#}}\n\n数据 & <b>html</b>';

/** A workflow that lets a person review a draft. */
export function reviewWorkflow(deadline: Deadline = {}): Graph {
  const inputs: readonly FormInput[] = [
    paragraph('comment', 'looks fine'),
    {
      output_variable_name: 'extra',
      type: 'paragraph',
      default: { type: 'variable', selector: ['draft', 'text'], value: '' },
    },
    select('priority', 'low', 'normal', 'high'),
  ];
  return {
    nodes: [
      start(),
      llm({ id: 'draft', title: 'DRAFT', system, user: 'Draft: {{#start.topic#}}' }),
      humanInput({ id: 'review', title: 'Review' }, form({ content: review, inputs }, deadline)),
      llm({ id: 'final', title: 'FINAL', system, user: 'Final: {{#review.comment#}} {{#start.topic#}}' }),
      end({
        id: 'end_ok',
        outputs: {
          result: ['final', 'text'],
          comment: ['review', 'comment'],
          action: ['review', '__action_id'],
          rendered: ['review', '__rendered_content'],
        },
      }),
      template({
        id: 'no',
        title: 'no',
        inputs: { c: ['review', 'comment'] },
        text: ({ c }) => `rejected: ${String(c)}`,
      }),
      end({ id: 'end_no', outputs: { result: ['no', 'output'] } }),
      template({
        id: 'late',
        title: 'late',
        inputs: { t: ['start', 'topic'] },
        text: ({ t }) => `timed out: ${String(t)}`,
      }),
      end({ id: 'end_late', outputs: { result: ['late', 'output'] } }),
    ],
    edges: edges(
      'start > draft > review',
      'review:approve > final > end_ok',
      'review:reject > no > end_no',
      'review:__timeout > late > end_late',
    ),
  };
}

/** A chatflow that shows the draft, lets a person review it, and answers once more. */
export function reviewChatflow(deadline: Deadline = {}): Graph {
  return reviewedChat(
    deadline,
    { memory: true },
    [answer({ id: 'a1', says: 'Draft: {{#draft.text#}}\n\n' })],
    'Approved: {{#final.text#}}',
  );
}

/** A chatflow whose answers all come after the review. */
export function simpleReviewChatflow(): Graph {
  return reviewedChat({}, {}, [], 'Approved: {{#final.text#}} (draft was {{#draft.text#}})');
}

function reviewedChat(
  deadline: Deadline,
  remembers: { readonly memory?: boolean },
  first: readonly Node[],
  approved: string,
): Graph {
  const inputs = [paragraph('comment', 'ok'), select('priority', 'low', 'high')];
  return {
    nodes: [
      start(),
      llm({ id: 'draft', title: 'DRAFT', system, user: '{{#sys.query#}}', ...remembers }),
      ...first,
      humanInput({ id: 'review', title: 'Review' }, form({ content: review, inputs }, deadline)),
      llm({ id: 'final', title: 'FINAL', system, user: 'Final: {{#review.comment#}} {{#sys.query#}}' }),
      answer({ id: 'a2', says: approved }),
      answer({ id: 'a3', says: 'Rejected with {{#review.comment#}}.' }),
      answer({ id: 'a4', says: 'Timed out.' }),
    ],
    edges: edges(
      ['start', 'draft', ...first.map(({ id }) => id), 'review'].join(' > '),
      'review:approve > final > a2',
      'review:reject > a3',
      'review:__timeout > a4',
    ),
  };
}

/** Two forms at once. The options of one select come from the run. */
export function twoFormsWorkflow(): Graph {
  const go: FormAction = { id: 'go', title: 'Go', button_style: 'primary' };
  const pick: FormInput = {
    output_variable_name: 'pick',
    type: 'select',
    option_source: { type: 'variable', selector: ['opts', 'list'], value: [] },
  };
  const first = {
    content: 'First {{#$output.one#}} {{#$output.pick#}}',
    inputs: [paragraph('one'), pick],
    actions: [go, { id: 'stop', title: 'Stop', button_style: 'ghost' }],
  } as const;
  const second = { content: 'Second {{#$output.two#}}', inputs: [paragraph('two')], actions: [go] };
  return {
    nodes: [
      start(),
      code({
        id: 'opts',
        title: 'opts',
        inputs: { t: ['start', 'topic'] },
        compute: ({ t }) => ({ list: [`${String(t)}-1`, `${String(t)}-2`], hidden: 'x' }),
      }),
      humanInput({ id: 'first', title: 'First review' }, form(first, {})),
      humanInput({ id: 'second', title: 'Second review' }, form(second, {})),
      aggregator({
        id: 'join',
        title: 'join',
        of: [
          ['first', 'one'],
          ['second', 'two'],
        ],
      }),
      end({ id: 'end', outputs: { one: ['first', 'one'], pick: ['first', 'pick'], two: ['second', 'two'] } }),
    ],
    edges: edges('start > opts', 'opts > first', 'opts > second', 'first:go > join', 'second:go > join', 'join > end'),
  };
}

/** A form that goes out by e-mail, and a deadline behind which nothing follows. */
export function mailOnlyWorkflow(deadline: Deadline = {}): Graph {
  const mail = { content: 'Mail {{#start.topic#}} {{#$output.comment#}}', inputs: [paragraph('comment')] };
  return {
    nodes: [
      start(),
      humanInput({ id: 'review', title: 'Mail only' }, form({ ...mail, delivery: 'email' }, deadline)),
      end({ id: 'end', outputs: { comment: ['review', 'comment'] } }),
    ],
    edges: edges('start > review', 'review:approve > end', 'review:reject > end'),
  };
}

/** A form with a file and a list of files. */
export function filesWorkflow(): Graph {
  const rules = {
    allowed_file_types: ['document', 'image'],
    allowed_file_extensions: [],
    allowed_file_upload_methods: ['local_file', 'remote_url'],
  };
  const content = 'Attach for {{#start.topic#}}:\n\n{{#$output.doc#}}\n\n{{#$output.docs#}}\n\n{{#$output.why#}}';
  const inputs: readonly FormInput[] = [
    { output_variable_name: 'doc', ...rules, type: 'file' },
    { output_variable_name: 'docs', ...rules, type: 'file-list', number_limits: 2 },
    paragraph('why'),
  ];
  const actions: readonly FormAction[] = [
    { id: 'send', title: 'Send', button_style: 'default' },
    { id: 'skip', title: 'Skip', button_style: 'ghost' },
  ];
  return {
    nodes: [
      start(),
      humanInput({ id: 'review', title: 'Send files' }, form({ content, inputs, actions }, {})),
      end({ id: 'end', outputs: { doc: ['review', 'doc'], docs: ['review', 'docs'], why: ['review', 'why'] } }),
      template({ id: 'skipped', title: 'skipped', inputs: {}, text: () => 'skipped' }),
      end({ id: 'end_skip', outputs: { result: ['skipped', 'output'] } }),
    ],
    edges: edges('start > review', 'review:send > end', 'review:skip > skipped > end_skip'),
  };
}
