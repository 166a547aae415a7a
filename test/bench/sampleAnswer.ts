/** An answer of about this many characters, with everything that answers have. */
export function answer(length: number): string {
  const parts: string[] = [];
  for (let n = 0, size = 0; size < length; n++) {
    const part = section(n);
    parts.push(part);
    size += part.length;
  }
  return parts.join('').slice(0, length);
}

function section(n: number): string {
  return `## Section ${n}

The access point renews its lease every \`${n}\` seconds, which **can** be changed. See the [notes](https://example.com/${n}) for more.
A second line of the paragraph, with *emphasis* and some more words in it.

- first item of the list
- second item, with \`code\`
  - nested item
- third item

\`\`\`ts
export function section${n}(value: number): number {
  const doubled = value * 2;
  return doubled + ${n};
}
\`\`\`

| Name | Value |
|---|---:|
| alpha | ${n} |
| beta | ${n * 2} |

> A quote that closes the section.

`;
}
