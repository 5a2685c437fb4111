import { oneOf } from '../input/leaves.ts'

/** botocore's ec2 model, CapacityReservationInstancePlatform. Images here are Linux/UNIX's: the others hold places that nothing takes. */
export const platform = oneOf(
  'Linux/UNIX',
  'Red Hat Enterprise Linux',
  'SUSE Linux',
  'Windows',
  'Windows with SQL Server',
  'Windows with SQL Server Enterprise',
  'Windows with SQL Server Standard',
  'Windows with SQL Server Web',
  'Linux with SQL Server Standard',
  'Linux with SQL Server Web',
  'Linux with SQL Server Enterprise',
  'RHEL with SQL Server Standard',
  'RHEL with SQL Server Enterprise',
  'RHEL with SQL Server Web',
  'RHEL with HA',
  'RHEL with HA and SQL Server Standard',
  'RHEL with HA and SQL Server Enterprise',
  'Ubuntu Pro',
)
