/** An answer that holds all that Markdown can. */
export const markdownText = `# Heading one

A paragraph with **bold**, *italic*, \`inline code\` and a [link](https://example.com/docs?a=1&b=2).

\`\`\`ts
export function add(a: number, b: number): number {
  return a + b; // <b>not bold</b> & "quoted"
}
\`\`\`

| Name | Value |
| :--- | ---: |
| alpha | 1 |
| beta \\| pipe | 22 |

1. first
2. second
   - nested **item**
   - [ ] task
   - [x] done

Math inline $e^{i\\pi}+1=0$ and block:

$$\\sum_{i=1}^{n} i = \\frac{n(n+1)}{2}$$

\`\`\`mermaid
graph TD; A-->B; B-->C;
\`\`\`

> a quote

<details><summary>More</summary>hidden</details>

![image](/files/tools/00000000-0000-4000-8000-000000000000.png?timestamp=1&nonce=2&sign=3)

---
End.`;

export const chineseText =
  '你好！👋 这是一个用于测试的回答：逐字流式输出，含有中文、标点“引号”、全角符号（１２３）、emoji 👩‍💻🚀🇨🇳，以及日文かなカナ和한국어。数学：x² ≤ 10⁶。最后一行。';

export const jsonText = '{"answer": "forty-two", "n": 42, "list": ["a", "b"]}';

/** Roughly `kilobytes` of code. */
export function codeText(kilobytes: number): string {
  const line = 'const value = "0123456789abcdef0123456789abcdef0123456789ab";\n';
  return `\`\`\`js\n${line.repeat(Math.ceil((kilobytes * 1024) / line.length))}\`\`\``;
}

/** What comes before the answer of a model that thinks aloud. */
export const thought = '<think>\nThe user wants a test.\nI will answer briefly.\n</think>\n\n';

/** What a model thinks whose provider keeps that apart. */
export const reasoning = 'First I consider the request. Then I decide what to say.';

/** An agent of the ReAct kind, before it has asked its tool and after. */
export const reactTexts = {
  first:
    'Thought: I need the date first.\nAction:\n```json\n{"action": "current_time", "action_input": {"timezone": "UTC"}}\n```',
  last: 'Thought: I know the answer now.\nAction:\n```json\n{"action": "Final Answer", "action_input": "It is the date that the tool gave."}\n```',
} as const;
