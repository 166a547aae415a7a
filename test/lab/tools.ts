import type { Tool } from '../../src/demo/agent/agent.ts';

/** Dify's own tool, whose format the app's owner has set. */
const currentTime: Tool = {
  name: 'current_time',
  labels: { zh_Hans: '获取当前时间', en_US: 'Current Time', pt_BR: 'Current Time', ja_JP: 'Current Time' },
  provider: 'time',
  settings: { format: '%Y-%m-%d' },
  invoke: (_input, { clock }) => new Date(clock.now()).toISOString().slice(0, 10),
};

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

const weekday: Tool = {
  name: 'weekday',
  labels: {
    zh_Hans: '星期几计算器',
    en_US: 'Weekday Calculator',
    pt_BR: 'Weekday Calculator',
    ja_JP: 'Weekday Calculator',
  },
  provider: 'time',
  invoke: ({ day, month, year }) => {
    const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
    const name = date.toLocaleString('en-US', { month: 'long', timeZone: 'UTC' });
    return `${name} ${Number(day)}, ${Number(year)} is ${days[date.getUTCDay()]}.`;
  },
};

const localtimeToTimestamp: Tool = {
  name: 'localtime_to_timestamp',
  provider: 'time',
  invoke: ({ localtime }) => String(Math.floor(Date.parse(`${String(localtime)}Z`) / 1000)),
};

/** Dify's tools for time, as the lab's clock agent has them. */
export const timeTools: readonly Tool[] = [currentTime, weekday, localtimeToTimestamp];

function meaningOf(word: unknown): string {
  return `{"word": "${String(word)}", "meaning": "the meaning of ${String(word)}", "n": 42}`;
}

/** One pixel. */
const picture = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='),
  (sign) => sign.charCodeAt(0),
);

/** Tools of a plugin: JSON, JSON after twelve seconds, a picture, and one that does not work. */
export const pluginTools: readonly Tool[] = [
  { name: 'lookup', invoke: ({ word }) => meaningOf(word) },
  {
    name: 'slow_lookup',
    invoke: async ({ word }, { clock, signal }) => {
      await clock.sleep(12_000, signal);
      return meaningOf(word);
    },
  },
  {
    name: 'draw',
    invoke: ({ subject }) => ({
      text: `Here is a picture of ${String(subject)}.`,
      image: { bytes: picture, extension: 'png', mimeType: 'image/png' },
    }),
  },
  { name: 'broken', invoke: () => 'The tool is broken.' },
];
