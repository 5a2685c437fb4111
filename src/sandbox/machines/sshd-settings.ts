/** What sshd is told on every kind of node: keys only, quick and quiet, and room for an mpirun that starts many ranks at once. */
export const sshdSettings = `PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
UseDNS no
PrintMotd no
PrintLastLog no
X11Forwarding no
MaxStartups 1000
MaxSessions 1000`
