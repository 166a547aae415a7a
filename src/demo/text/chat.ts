import type { Exchange } from '../turns/textSource.ts';
import { type Fact, askedSubject, knownFacts } from './facts.ts';
import { languageOf } from './language.ts';
import { countedTo, longAnswer, markdownSample, tableSample } from './samples.ts';
import { summaryOf } from './summary.ts';

/** The chatbot's reply, in Markdown: what it was told, a summary, a sample, or plainly what it can do. */
export function chatAnswer(query: string, history: readonly Exchange[]): string {
  for (const reply of replies) {
    const answer = reply(query.trim(), history);
    if (answer !== undefined) return answer;
  }
  return `${regret(query)}${abilities(query)}`;
}

type Reply = (query: string, history: readonly Exchange[]) => string | undefined;

/** In the order in which they are tried. */
const replies: readonly Reply[] = [summaryAsked, recalled, everythingTold, sampleAsked, noted, greeted, longTextPasted];

const summaryWord =
  /\b(?:summar(?:y|ize|ise|izing|ising)|tl;?dr|sum up|zusammenfass\w*|fasse .* zusammen|résum\w*|resum\w*)\b|总结|摘要|概括|要約|まとめ/iu;
const explainWord = /\b(?:explain|what does|describe)\b|解释|説明/iu;

function summaryAsked(query: string, history: readonly Exchange[]): string | undefined {
  const isSummary = summaryWord.test(firstLines(query));
  if (!isSummary && !(explainWord.test(firstLines(query)) && query.includes('```'))) return undefined;
  const text = pastedText(query) ?? history.toReversed().find((turn) => turn.query.length > 200)?.query;
  if (text === undefined)
    return 'Paste the text below your request, or in the message before it, and I will pick its most telling sentences.';
  return summaryOf(text);
}

function firstLines(query: string): string {
  return query.slice(0, 200);
}

/** What follows the request: a code fence, the text after a colon, or after the first line. */
function pastedText(query: string): string | undefined {
  const fence = /```[\s\S]*```/.exec(query)?.[0];
  if (fence !== undefined) return fence;
  const after = /^[^\n:：]{0,120}[:：]\s*([\s\S]+)$/.exec(query)?.[1] ?? /^[^\n]*\n+([\s\S]+)$/.exec(query)?.[1];
  if (after !== undefined && after.trim().length > 30) return after;
  return query.length > 300 ? query : undefined;
}

function recalled(query: string, history: readonly Exchange[]): string | undefined {
  const subject = askedSubject(query);
  if (subject === undefined) return undefined;
  const fact = knownFacts(history.map((turn) => turn.query)).find((known) => known.subject === subject);
  switch (languageOf(query)) {
    case 'zh':
      return fact === undefined
        ? `你还没有告诉我“${shown(subject, '名字')}”。`
        : `你告诉过我：${told(fact, '是', '名字')}。`;
    case 'ja':
      return fact === undefined
        ? `「${shown(subject, '名前')}」はまだ聞いていません。`
        : `前にこう聞きました：${told(fact, 'は', '名前')}。`;
    case 'en':
    case 'de':
    case 'fr':
    case 'es':
      if (fact === undefined) return `You have not told me the ${subject} in this conversation yet.`;
      return `${fact.isTheirs ? 'Your' : 'The'} ${fact.subject} is **${fact.value}**. You told me earlier in this conversation.`;
  }
}

function shown(subject: string, name: string): string {
  return subject === 'name' ? name : subject;
}

function told(fact: Fact, verb: string, name: string): string {
  return `${shown(fact.subject, name)}${verb} **${fact.value}**`;
}

function everythingTold(query: string, history: readonly Exchange[]): string | undefined {
  if (
    !/what (?:did|have) i (?:say|said|tell|told)|what do you (?:know|remember)|我(?:说|告诉)(?:了|过)?.*什么|何を言いました/iu.test(
      query,
    )
  ) {
    return undefined;
  }
  const facts = knownFacts(history.map((turn) => turn.query));
  if (facts.length > 0) {
    return `What I remember from this conversation:\n\n${facts.map((fact) => `- ${fact.isTheirs ? 'your' : 'the'} ${fact.subject}: **${fact.value}**`).join('\n')}`;
  }
  const last = history.at(-1);
  return last === undefined
    ? 'Nothing yet: this is your first message here.'
    : `Your last message was:\n\n> ${last.query.slice(0, 300).replaceAll('\n', '\n> ')}`;
}

function sampleAsked(query: string): string | undefined {
  const [, count] = /\b(?:count|zähle) (?:from 1 |from one )?(?:up )?(?:to|bis) (\d{1,5})\b/iu.exec(query) ?? [];
  if (count !== undefined) return countedTo(Number(count));
  if (
    /\b(?:long|endless)\b.*\b(?:answer|text|story|reply)|\blong one\b|长(?:一点的)?(?:回答|文章|文)|長い(?:回答|文章|文)/iu.test(
      query,
    )
  )
    return longAnswer();
  if (/\b(?:markdown|code block|sample code|code)\b|代码|コード/iu.test(query) && query.length < 200)
    return markdownSample();
  if (/\btable\b|表格|表を/iu.test(query) && query.length < 200) return tableSample();
  return undefined;
}

function noted(query: string): string | undefined {
  const facts = knownFacts([query]);
  if (facts.length === 0) return undefined;
  switch (languageOf(query)) {
    case 'zh':
      return `记住了：${facts.map((fact) => told(fact, '是', '名字')).join('，')}。问我就行。`;
    case 'ja':
      return `覚えました：${facts.map((fact) => told(fact, 'は', '名前')).join('、')}。いつでも聞いてください。`;
    case 'en':
    case 'de':
    case 'fr':
    case 'es':
      return `Noted: ${facts.map((fact) => `${fact.isTheirs ? 'your' : 'the'} ${fact.subject} is **${fact.value}**`).join(', ')}. Ask me about it whenever you like.`;
  }
}

function greeted(query: string, history: readonly Exchange[]): string | undefined {
  if (
    !/^(?:hi|hello|hey|good (?:morning|evening)|hallo|bonjour|hola|你好|您好|こんにちは)[\s!.,！。👋]*(?:there)?[\s!.]*$/iu.test(
      query,
    )
  )
    return undefined;
  const name = knownFacts(history.map((turn) => turn.query)).find((fact) => fact.subject === 'name')?.value;
  switch (languageOf(query)) {
    case 'zh':
      return `你好${name === undefined ? '' : `，${name}`}！${abilities(query)}`;
    case 'ja':
      return `こんにちは${name === undefined ? '' : `、${name}さん`}！${abilities(query)}`;
    case 'en':
    case 'de':
    case 'fr':
    case 'es':
      return `Hello${name === undefined ? '' : `, ${name}`}! ${abilities(query)}`;
  }
}

function longTextPasted(query: string): string | undefined {
  return query.length > 400
    ? `This is a longer text; here is what stands out in it.\n\n${summaryOf(query)}`
    : undefined;
}

function abilities(query: string): string {
  switch (languageOf(query)) {
    case 'zh':
      return '我能记住你告诉我的事（“我叫小明”），之后回答相关问题；能总结你粘贴的文字（“总结：……”）；能展示 Markdown 代码和表格；也能写一个长回答。';
    case 'ja':
      return '教えてもらったこと（「私の名前は花子です」）を覚えて後で答える、貼り付けた文章を要約する（「要約：…」）、Markdown のコードや表を見せる、長い文章を書く、ということができます。';
    case 'en':
    case 'de':
    case 'fr':
    case 'es':
      return `I am a demo, and what I can do is:

- remember what you tell me (*the port is 8080*) and answer questions about it,
- summarize text or code that you paste (*summarize: …*),
- show Markdown with a code block and a table,
- write a long answer, or count to a number, so that you can try **Stop**.`;
  }
}

function regret(query: string): string {
  switch (languageOf(query)) {
    case 'zh':
      return '我只是一个演示，没有语言模型，所以答不了这个问题。';
    case 'ja':
      return '私はデモで、言語モデルがないので、それには答えられません。';
    case 'en':
    case 'de':
    case 'fr':
    case 'es':
      return 'There is no language model behind me, so I cannot really answer that. ';
  }
}
