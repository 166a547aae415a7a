import assert from 'node:assert/strict';
import { agentAnswer } from '../../../src/demo/text/agent.ts';
import { calculated } from '../../../src/demo/text/arithmetic.ts';
import { chatAnswer } from '../../../src/demo/text/chat.ts';
import { piecesOf } from '../../../src/demo/text/pieces.ts';
import { summaryOf } from '../../../src/demo/text/summary.ts';
import { translationOf } from '../../../src/demo/text/translation.ts';

const zeppelin = `A zeppelin is a rigid airship with a metal frame. It was named after Count Zeppelin. The rigid frame
of the airship holds gas cells and engines. Breakfast was served at eight. Airships with a rigid frame flew
passengers across the Atlantic. Is that long ago? It rained a lot. After the fire of 1937 rigid airships were given up.`;

function answerAfter(...queries: readonly string[]): string {
  const history: { readonly query: string; readonly answer: string }[] = [];
  for (const query of queries) history.push({ query, answer: chatAnswer(query, history) });
  return history.at(-1)?.answer ?? '';
}

describe('the summary', () => {
  it('takes the sentences that are about what the text is about, in their order', () => {
    const [lead = '', point = ''] = summaryOf(zeppelin).split('\n\n');

    assert.equal(lead, 'A zeppelin is a rigid airship with a metal frame.');
    assert.match(point, /^- .*rigid (?:frame|airships)/);
  });

  it('says how it was made', () => {
    assert.match(summaryOf(zeppelin), /2 of 8 sentences.*without a language model/);
  });

  it('finds the sentences of Chinese and Japanese', () => {
    const chinese = summaryOf(
      '飞艇是一种轻于空气的航空器。它有推进装置。今天天气很好。飞艇的气囊内有轻的气体。现代飞艇多用于广告。飞艇飞得很慢。',
    );
    const japanese = summaryOf(
      '飛行船は空気より軽い航空機です。昨日は雨でした。飛行船の気嚢にはガスが入っています。飛行船は広告に使われます。',
    );

    assert.match(chinese, /^飞艇[^。]*。[\s\S]*从 6 句中选出 2 句/);
    assert.match(japanese, /^飛行船[^。]*。[\s\S]*4 文から/);
  });

  it('outlines source code by its names and comments', () => {
    const code =
      '/** Adds two numbers. Nothing else. */\nexport function add(a: number, b: number): number {\n  return a + b;\n}\n\nclass Sum {\n}\n';

    const outline = summaryOf(code);

    assert.match(outline, /^TypeScript code, 6 lines\. It defines the class `Sum`, the function `add`\./);
    assert.match(outline, /- Adds two numbers\.\n/);
  });

  it('does not take Markdown for code', () => {
    assert.match(summaryOf('# Cats\n\n- Cats sleep a lot.\n- Cats eat fish.\n- Dogs bark.\n'), /sentences/);
  });

  it('leaves nothing out of a single sentence', () => {
    assert.match(summaryOf('Only this.'), /^Only this\.\n/);
  });
});

describe('the translation', () => {
  for (const [target, expected] of [
    ['German', 'Hallo, das Zeppelin? Wo ist die Katze heute?'],
    ['French', 'Bonjour, le zeppelin? Où est le chat aujourd'],
    ['Spanish', 'Hola, el zeppelin? Dónde es el gato hoy?'],
    ['Chinese', '你好'],
    ['Japanese', 'こんにちは'],
  ] as const) {
    it(`goes word by word into ${target}`, () => {
      const [translation = ''] = translationOf('Hello, the zeppelin? Where is the cat today?', target).split('\n\n');

      const first = expected.split(',')[0] ?? '';
      assert.ok(translation.startsWith(first), translation);
      assert.match(translation, /zeppelin/);
    });
  }

  it('goes from Chinese into English', () => {
    assert.match(translationOf('你好，我喜欢猫。', 'English'), /^Hello, I like cat\.\n/);
  });

  it('says that it is none, and how many words it knew', () => {
    assert.match(translationOf('the quixotic cat', 'German'), /no real translation: 2 of 3 words known/);
  });

  it('keeps line breaks and unknown words', () => {
    assert.match(translationOf('cat\n\n  foo_bar(1);', 'German'), /^Katze\n\n foo_bar\(1\);/);
  });
});

describe('the chat', () => {
  for (const [told, asked, expected] of [
    ['My name is Ada', 'What is my name?', /Your name is \*\*Ada\*\*/],
    ['Hi! The port is 8080.', 'what port did I say?', /port is \*\*8080\*\*/],
    ['the port is 8080, and the database is Postgres 16', "What's the database?", /\*\*Postgres 16\*\*/],
    ['My name is Ada. My name is Bob', 'Who am I?', /\*\*Bob\*\*/],
    ['我叫小明', '我叫什么名字？', /小明/],
    ['端口是9090。', '端口是多少？', /9090/],
    ['私の名前は花子です', '私の名前は何ですか？', /花子/],
  ] as const) {
    it(`remembers "${told}"`, () => {
      assert.match(answerAfter(told, 'hello', asked), expected);
    });
  }

  it('says that it was not told', () => {
    assert.match(answerAfter('My name is Ada', 'What is the password?'), /not told me the password/);
  });

  it('summarizes text that is pasted behind the request', () => {
    assert.match(answerAfter(`Summarize this:\n\n${zeppelin}`), /^A zeppelin is a rigid airship/);
  });

  it('shows Markdown with a code block and a table', () => {
    assert.match(answerAfter('Show me some Markdown with code and a table.'), /```ts\n[\s\S]*\n```[\s\S]*\| :-- \|/);
  });

  it('writes at length if asked to', () => {
    assert.ok(answerAfter('Write a long answer, please.').split(' ').length > 1000);
    assert.match(answerAfter('count to 100'), /98, 99, 100$/);
  });

  it('says plainly what it can do, in the language of the question', () => {
    assert.match(answerAfter('Who wrote Hamlet?'), /no language model/);
    assert.match(answerAfter('谁写了哈姆雷特？'), /没有语言模型/);
  });
});

describe('the pieces of an answer', () => {
  it('make up the answer again', () => {
    for (const text of [zeppelin, '你好，世界！👋 OK', '## A\n\n```ts\nlet a = 1;\n```\n\n| a | b |', '  x  ', '']) {
      assert.equal([...piecesOf(text)].join(''), text);
    }
  });

  it('are words with the space before them, and two characters of Chinese', () => {
    assert.deepEqual([...piecesOf('One two, 你好世界。')], ['One', ' two,', ' 你好', '世界', '。']);
  });
});

describe("the demo's agent", () => {
  const prompt = (query: string, observations: readonly string[] = []) => ({
    text: query,
    query,
    inputs: {},
    history: [],
    observations,
  });

  it('chooses tools by the words of the question, and passes on what they tell', () => {
    const asked = [...agentAnswer(prompt('What time is it, and how much is 2 * (3 + 4)?'))];
    assert.deepEqual(asked.slice(-2), [
      { tool: 'current_time', input: '{"timezone": "UTC"}' },
      { tool: 'calculate', input: '{"expression":"2 * (3 + 4)"}' },
    ]);
    const told = [...agentAnswer(prompt('Count the words: a b', ['2']))].map(String).join('');
    assert.match(told, /`count_words`: 2/);
  });

  it('says what it can do where no tool fits', () => {
    assert.match([...agentAnswer(prompt('Who are you?'))].map(String).join(''), /no language model/);
    assert.match([...agentAnswer(prompt('你是谁'))].map(String).join(''), /不是语言模型/);
  });

  it('calculates, and says what is no calculation', () => {
    assert.equal(calculated('2 + 3 * -4 ^ 2 / (1 + 1)'), -22);
    assert.equal(calculated('0.5 × 8 ÷ 2'), 2);
    for (const wrong of ['2 +', '(1', '2 apples', '']) assert.throws(() => calculated(wrong), SyntaxError);
  });
});
