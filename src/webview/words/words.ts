/** A text of the page in each of its languages. `{name}` is filled in; `one|other` is English singular and plural by `{n}`. */
export type Words = Readonly<Record<string, readonly [english: string, chinese: string, japanese: string]>>;
