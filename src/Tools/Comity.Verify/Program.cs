using System.CommandLine;
using Comity.Verify;

var json = new Option<bool>("--json") { Description = "Write the report as JSON.", Recursive = true };
var root = new RootCommand("Checks evidence and directory files of Comity, offline.") { json };
root.Add(EvidenceCommand.Create(json));
root.Add(DirectoryCommand.Create(json, TimeProvider.System));
return await Usage.RunAsync(root, args);
