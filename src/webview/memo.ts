import { Component, type ComponentChildren } from 'preact';

/** A component that is rendered again only when one of its properties is another. */
export function memo<Properties extends object>(
  render: (properties: Readonly<Properties>) => ComponentChildren,
): new () => Component<Properties> {
  return class Memo extends Component<Properties> {
    override shouldComponentUpdate(next: Readonly<Properties>): boolean {
      for (const name in next) {
        if (next[name] !== this.props[name]) return true;
      }
      return false;
    }

    override render(): ComponentChildren {
      return render(this.props);
    }
  };
}
