const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const link = 'timestamp=\\d+&nonce=[0-9a-f]{32}&sign=[\\w%=-]+';
const token = '\\b[0-9A-Za-z]{22}\\b';

/** What a recorded answer and ours call by other names: ids, tokens of forms, signatures of links. */
export class Names {
  readonly #own: Map<string, string>;

  /** @param known recorded ids that mean one of ours from the start */
  constructor(known: Iterable<readonly [string, string]>) {
    this.#own = new Map(known);
  }

  /** The nth id of a name in their answer is the nth in ours; a form's token is that of the same node. */
  learn(theirs: string, ours: string): void {
    const here = namesIn(ours);
    for (const [name, values] of namesIn(theirs)) {
      for (const [index, value] of values.entries()) {
        const own = here.get(name)?.[index];
        if (own !== undefined && !this.#own.has(value)) this.#own.set(value, own);
      }
    }
  }

  translated(text: string): string {
    return text
      .replaceAll(new RegExp(link, 'g'), (found) => this.#own.get(found) ?? found)
      .replaceAll(new RegExp(`${uuid}|${token}`, 'gi'), (found) => {
        const own = this.#own.get(found) ?? this.#own.get(found.toLowerCase());
        if (own === undefined) return found;
        return found === found.toUpperCase() ? own.toUpperCase() : own;
      });
  }
}

const named = new RegExp(
  `"(\\w*id)": ?"(${uuid})"|(${link})|"node_id": ?"(\\w+)"(?:(?!"node_id").)*?"form_token": ?"(\\w{22})"`,
  'g',
);

function namesIn(text: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const [, name, id, signature, node, formToken] of text.matchAll(named)) {
    const key = name ?? (signature === undefined ? `token of ${node}` : 'link');
    const value = id ?? signature ?? formToken ?? '';
    const values = found.get(key) ?? [];
    if (!values.includes(value)) values.push(value);
    found.set(key, values);
  }
  return found;
}
