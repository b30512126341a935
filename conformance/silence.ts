const untrusted = /^(DEPTH_ZERO_)?SELF_SIGNED|^UNABLE_TO_|^CERT_|^ERR_TLS_CERT|^INVALID_CA$/;

/** Why a request got no answer, in one sentence without its full stop. */
export function silenceOf({ code = '', name }: NodeJS.ErrnoException, url: URL): string {
  switch (code) {
    case 'ECONNREFUSED':
      return `nothing listens at ${url.host}`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `the name ${url.hostname} leads nowhere`;
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `no way leads to ${url.host}`;
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
      return `${url.host} does not speak TLS`;
    case 'TOO_LARGE':
      return `${url.host} answered more than 64 MiB`;
  }
  if (untrusted.test(code)) return `the certificate of ${url.host} is not trusted (${code}); --ca names its authority`;
  if (code.startsWith('HPE_')) return `${url.host} does not answer in HTTP (${code})`;
  return `${url.host} broke the connection (${code || name})`;
}
