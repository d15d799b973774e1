using Comity.Protocol;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Comity.Kernel.Data;

/// <summary>How the protocol's words stand in columns: as their canonical text.</summary>
internal static class Values
{
    public static void Configure(ModelConfigurationBuilder conventions)
    {
        conventions.Properties<DateTime>().HaveConversion<UtcConverter>();
        conventions.Properties<ParticipantCode>().HaveConversion<ParticipantConverter>().HaveMaxLength(12);
        conventions.Properties<OfficeName>().HaveConversion<OfficeConverter>().HaveMaxLength(60);
        conventions.Properties<Digest>().HaveConversion<DigestConverter>().HaveMaxLength(80);
        conventions.Properties<MessageId>().HaveConversion<MessageIdConverter>();
        conventions.Properties<ConversationId>().HaveConversion<ConversationIdConverter>();
    }

    private sealed class UtcConverter()
        : ValueConverter<DateTime, DateTime>(t => t.ToUniversalTime(), t => DateTime.SpecifyKind(t, DateTimeKind.Utc));

    private sealed class ParticipantConverter()
        : ValueConverter<ParticipantCode, string>(c => c.ToString(), s => ParticipantCode.Parse(s));

    private sealed class OfficeConverter()
        : ValueConverter<OfficeName, string>(o => o.ToString(), s => OfficeName.Parse(s));

    private sealed class DigestConverter() : ValueConverter<Digest, string>(d => d.ToString(), s => Digest.Parse(s));

    private sealed class ConversationIdConverter()
        : ValueConverter<ConversationId, Guid>(c => c.Value, g => ConversationId.From(g));

    private sealed class MessageIdConverter() : ValueConverter<MessageId, Guid>(m => m.Value, g => MessageId.From(g));
}
