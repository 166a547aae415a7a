import type { Tool } from '../agent/agent.ts';
import type { Prompt, ToolCall } from '../turns/textSource.ts';
import { calculated } from './arithmetic.ts';
import { languageOf } from './language.ts';
import { piecesOf } from './pieces.ts';

/** What the demo's agents can use. */
export const demoTools: readonly Tool[] = [
  {
    name: 'current_time',
    labels: { en_US: 'Current Time', zh_Hans: '获取当前时间', ja_JP: '現在時刻' },
    invoke: (_input, { clock }) => `${new Date(clock.now()).toISOString().slice(0, 16).replace('T', ' ')} UTC`,
  },
  {
    name: 'count_words',
    labels: { en_US: 'Count Words', zh_Hans: '统计字数', ja_JP: '文字数を数える' },
    invoke: ({ text }) => {
      const words = String(text).match(/[\p{L}\p{N}'’]+/gu) ?? [];
      return JSON.stringify({ words: words.length, characters: Array.from(String(text)).length });
    },
  },
  {
    name: 'calculate',
    labels: { en_US: 'Calculate', zh_Hans: '计算', ja_JP: '計算' },
    invoke: ({ expression }) => String(calculated(String(expression))),
  },
];

/** Chooses tools by what the question looks like, says so, and passes on what they tell. */
export function* agentAnswer(prompt: Prompt): Generator<string | ToolCall> {
  const words = phrases[languageOf(prompt.query) === 'zh' ? 'zh' : 'en'];
  const calls = callsFor(prompt.query);
  const observations = prompt.observations ?? [];
  if (calls.length === 0) {
    yield* piecesOf(words.abilities);
  } else if (observations.length === 0) {
    // What is said before and after the tools becomes one text.
    yield* piecesOf(`${words.choosing(calls.map(({ tool }) => `\`${tool}\``).join(', '))}\n\n`);
    yield* calls;
  } else {
    const lines = observations.map((told, index) => `- \`${calls[index]?.tool ?? ''}\`: ${told}`);
    yield* piecesOf(`${words.told}\n\n${lines.join('\n')}`);
  }
}

const phrases = {
  en: {
    abilities:
      'I am a demo and no language model: rules choose my tools. Ask me **what time it is**, to **count the words** of a text after a colon, or for a sum like `12 * (3 + 4)`.',
    choosing: (names: string) => `By its words your question needs ${names}.`,
    told: 'This is what came back:',
  },
  zh: {
    abilities:
      '我是演示程序，不是语言模型：由规则选择工具。可以问我**现在几点**，让我**统计字数**（文本写在冒号后面），或者算一道题，例如 `12 * (3 + 4)`。',
    choosing: (names: string) => `从字面看，这个问题需要 ${names}。`,
    told: '结果如下：',
  },
} as const;

/** Each tool whose words are in the question, in this order. */
function callsFor(query: string): readonly ToolCall[] {
  const calls: ToolCall[] = [];
  if (/\b(?:time|clock|date|today)\b|几点|时间|日期|何時|時刻/iu.test(query)) {
    calls.push({ tool: 'current_time', input: '{"timezone": "UTC"}' });
  }
  const [, text] = /(?:words?|characters?|字数|文字数)[^:：]*[:：]\s*([^]+)$/iu.exec(query) ?? [];
  if (text !== undefined) calls.push({ tool: 'count_words', input: JSON.stringify({ text }) });
  const expression = /[-(\d][\d\s.()+*/^×÷-]*[+*/^×÷-][\d\s.()+*/^×÷-]*[\d)]/u.exec(query)?.[0];
  if (text === undefined && expression !== undefined) {
    calls.push({ tool: 'calculate', input: JSON.stringify({ expression }) });
  }
  return calls;
}
