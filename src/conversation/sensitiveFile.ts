/** Names of files that are there to hold secrets. */
const names: readonly RegExp[] = [
  /^\.env(?:\..+|rc)?$/,
  /^.+\.env$/,
  /\.(?:pem|key|p12|pfx|pkcs12|jks|keystore|kdbx|ppk|tfvars|tfstate)$/,
  /^id_[^.]+$/,
  /^\.(?:npmrc|yarnrc|pypirc|netrc|pgpass|git-credentials|htpasswd|dockercfg|my\.cnf)$/,
  /^(?:_netrc|credentials)$/,
  /^(?:secrets?|credentials?)\..+$/,
  /^service[_-]?account.*\.json$/,
];

/** Ends of paths, where the name alone says nothing. */
const places: readonly RegExp[] = [
  /\/\.aws\/[^/]+$/,
  /\/\.kube\/config$/,
  /\/\.docker\/config\.json$/,
  /\/\.ssh\/config$/,
];

/** They show what belongs into such a file, and hold nothing. */
const samples = /\.(?:example|sample|template|dist|defaults?)$|^(?:example|sample)\./;

/** Whether the file is one that nobody means to send. @param path with slashes, as in an address */
export function isSensitiveFile(path: string): boolean {
  const whole = path.toLowerCase();
  const name = whole.slice(whole.lastIndexOf('/') + 1);
  if (samples.test(name)) return false;
  return names.some((pattern) => pattern.test(name)) || places.some((pattern) => pattern.test(whole));
}
