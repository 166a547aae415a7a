import { window, type Disposable, type Tab, type Uri } from 'vscode';

/**
 * Calls back when a document is in no tab any more. One that is moved to another group is closed and opened, and one that is split is
 * in two.
 *
 * @param uriIn the document in the tab, if it is one of those that are meant
 */
export function onDidCloseLast(uriIn: (tab: Tab) => Uri | undefined, closed: (uri: Uri) => void): Disposable {
  return window.tabGroups.onDidChangeTabs((event) => {
    for (const uri of event.closed.map(uriIn)) {
      if (uri === undefined) continue;
      setTimeout(() => {
        if (tabWith(uri, uriIn) === undefined) closed(uri);
      });
    }
  });
}

export function tabWith(uri: Uri, uriIn: (tab: Tab) => Uri | undefined): Tab | undefined {
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.find((tab) => uriIn(tab)?.toString() === uri.toString());
}
