// Each test starts several nodes as processes of their own; side by side they would only wait for one another.
[assembly: Parallelization(Mode = ParallelizationMode.None)]
