export const secondFactor = {
  begin: {
    title: 'Set up a second factor',
    lead: 'Besides your password, an app on your phone then shows a new code every 30 seconds.',
  },
  scan: {
    text: 'Open your authenticator app and scan this code. Any app will do: Google Authenticator, Microsoft Authenticator, Aegis, 2FAS, or your password manager.',
    qr: 'QR code for your authenticator app',
    typed: 'Where it cannot be scanned, type this key into the app as a time-based one:',
    key: 'Key',
  },
  confirm: {
    text: 'Then type the 6 digits that the app shows for Arca.',
    act: 'Confirm',
  },
  codes: {
    title: 'Keep your recovery codes',
    text: 'Each of them signs you in once if you lose your phone. They are shown only now: keep them where your phone is not.',
    list: 'Recovery codes',
    copy: 'Copy all',
    copied: 'Recovery codes copied',
    download: 'Download',
    print: 'Print',
    kept: 'I have kept them in a safe place',
    done: 'Done',
    fileName: 'arca-recovery-codes-{{username}}.txt',
    fileTitle: 'Arca recovery codes of {{username}} for {{host}}',
    fileMade: 'Made {{date}}. Each code works once; new codes replace all of these.',
  },
};
